mod adversarial;
mod bypass;
mod chokepoint;
mod fixture;
mod masks;
mod shares;
mod tables;
