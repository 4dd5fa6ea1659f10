mod audit_log;
mod scaffold;
