mod orders;
mod readable;
mod receipt_counters;
