mod adversarial;
mod chokepoint;
mod fixture;
mod tables;
