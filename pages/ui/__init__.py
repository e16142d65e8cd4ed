"""What every page stands on: navigation, state, cache, jobs, the result block and inputs."""
