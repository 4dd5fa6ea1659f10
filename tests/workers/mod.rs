mod render_receipt;
mod sweep;
