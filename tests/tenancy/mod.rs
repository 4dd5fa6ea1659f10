mod adversarial;
mod chokepoint;
mod fixture;
mod masks;
mod tables;
