mod pooler;
