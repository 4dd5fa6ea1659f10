mod receipt_counters;
mod receipts;
