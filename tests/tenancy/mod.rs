mod chokepoint;
mod tables;
