window.benchGatedRan();
