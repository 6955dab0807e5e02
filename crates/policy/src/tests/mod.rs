mod ashari;
