import Resources

extension RouteStatus {
  /// The first problem on top, then the chain, then how to try it.
  package var lines: [String] {
    var lines: [String] = []
    if let problem = firstProblem {
      lines.append(
        "\(route) \(problem.state == .broken ? "is not well" : "cannot be judged"): "
          + "\(problem.object)")
      lines.append("  \(problem.words)")
      if let advice = problem.advice { lines.append("  To do: \(advice)") }
    } else {
      lines.append("\(route) is well")
    }
    lines.append("")
    for link in links {
      lines.append("\(link.state.label) \(link.object): \(link.words)")
      if link != firstProblem, let advice = link.advice { lines.append("     To do: \(advice)") }
    }
    for entrance in entrances {
      lines.append("")
      lines.append(
        "Gateway \(entrance.gateway), listener \(entrance.listener): "
          + (entrance.url ?? "no address yet"))
      if let curl = entrance.curl { lines.append("  \(curl)") }
    }
    return lines
  }
}

extension RouteStatus.State {
  fileprivate var label: String {
    switch self {
    case .well: "ok  "
    case .broken: "BAD "
    case .unknown: "?   "
    }
  }
}
