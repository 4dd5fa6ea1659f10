mod check_receipts;
mod mail_receipts;
mod render_receipt;
mod sweep;
