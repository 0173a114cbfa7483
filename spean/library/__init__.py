"""What we tell people: facts as claims, ways to go, law by the question a person would ask."""
