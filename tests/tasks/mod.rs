mod scaffold;
