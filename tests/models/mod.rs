mod receipt_counters;
