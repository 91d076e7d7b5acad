import Resources

extension Report {
  /// Reports what keeps the proxies from running.
  mutating func add(_ problems: [PodProblem], in document: Int) {
    for problem in problems {
      add(
        "\(problem.problem); \(problem.advice)", at: problem.path, in: document,
        severity: problem.isCertain ? nil : .warning)
    }
  }
}
