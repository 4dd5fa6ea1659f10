mod adversarial;
mod bypass;
mod chokepoint;
mod fixture;
mod masks;
mod oracle;
mod shares;
mod tables;
