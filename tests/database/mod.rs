pub mod cut_requests;
pub mod leftovers;
pub mod pooler;
pub mod row_level_security;
