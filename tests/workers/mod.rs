mod render_receipt;
