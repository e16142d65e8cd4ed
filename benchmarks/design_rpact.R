# The calls of benchmarks/design.py in rpact. Writes: call, repetitions, processor seconds (the fastest of `runs` runs),
# then the values found.
suppressMessages(library(rpact))
trials <- as.integer(commandArgs(trailingOnly = TRUE)[1])
repetitions <- as.integer(commandArgs(trailingOnly = TRUE)[2])
runs <- as.integer(commandArgs(trailingOnly = TRUE)[3])

report <- function(call, times, compute, values) {
    seconds <- replicate(runs, {
        spent <- system.time(for (i in seq_len(times)) result <<- suppressWarnings(compute()))
        sum(spent[c("user.self", "sys.self")])
    })
    cat(call, times, min(seconds), sprintf("%.12g", values(result)), sep = ",")
    cat("\n")
}

cat("version", as.character(packageVersion("rpact")), sep = ",")
cat("\n")

looks <- getDesignInverseNormal(kMax = 2, alpha = 0.025, typeOfDesign = "OF")
strata <- function(...) list(subGroups = c("S", "R"), prevalences = c(0.4, 0.6), ...)
settings <- list(looks,
    intersectionTest = "Simes", typeOfSelection = "best", maxNumberOfIterations = trials, seed = 1)
simulate <- function(simulator, ...) function() do.call(simulator, c(settings, list(...)))
power <- function(result) result$rejectAtLeastOne

report("means", 1, simulate(getSimulationEnrichmentMeans, plannedSubjects = c(150, 300),
    effectList = strata(stDevs = c(1, 1), effects = matrix(c(0.4, 0.1), 1))), power)
report("rates", 1, simulate(getSimulationEnrichmentRates, plannedSubjects = c(200, 400),
    effectList = strata(piControls = c(0.3, 0.3), piTreatments = matrix(c(0.5, 0.35), 1))), power)
report("survival", 1, simulate(getSimulationEnrichmentSurvival, plannedEvents = c(100, 200), directionUpper = FALSE,
    effectList = strata(hazardRatios = matrix(c(0.6, 0.9), 1))), power)

report("bounds of 5 looks", repetitions, function() {
    getDesignGroupSequential(kMax = 5, alpha = 0.025, sided = 1, typeOfDesign = "asOF")
}, function(result) result$criticalValues)
three <- getDesignGroupSequential(kMax = 3, alpha = 0.025, beta = 0.1, sided = 1, typeOfDesign = "asOF")
report("size with 3 looks", repetitions, function() getSampleSizeMeans(three, alternative = 0.3, stDev = 1),
    function(result) result$maxNumberOfSubjects)
