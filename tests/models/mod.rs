mod dates;
mod lifecycle;
mod receipt_counters;
mod receipts;
