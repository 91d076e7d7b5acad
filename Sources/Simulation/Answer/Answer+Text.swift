import Resources

extension Answer {
  /// Lines that belong together.
  package struct Paragraph: Sendable {
    /// Empty for the first one.
    package let title: String
    package let lines: [String]
  }

  /// The answer in words, for the command line and the panel.
  package var paragraphs: [Paragraph] {
    var paragraphs = [Paragraph(title: "", lines: heading)]
    func add(_ title: String, _ lines: [String]) {
      if !lines.isEmpty { paragraphs.append(Paragraph(title: title, lines: lines)) }
    }
    if let models { add("models", models.map(\.line)) }
    add("backends", backendLines)
    add("timeouts", timeoutLines)
    add(retryTitle, failoverLines)
    if let buffer, buffer.bytes != nil {
      add("buffer limit", ["\(buffer.bytes ?? 0) bytes: \(buffer.origin)"])
    }
    add(
      "rules, in the order in which they are tried",
      considered.map { "\(outcome(of: $0).padded(10))\($0.candidate.title): \(detail(of: $0))" })
    add("warnings", warnings)
    return paragraphs
  }

  private var heading: [String] {
    var target = "\(request.method) \(request.path)"
    if let host = request.host { target += " at \(host)" }
    if let model = request.model { target += ", model \(model.inQuotes)" }
    for header in request.headers { target += ", \(header.name): \(header.value)" }
    if let size = request.size { target += ", \(size) bytes" }
    var place = "Gateway \(gateway?.description ?? "-")"
    if let listener { place += ", listener \(listener)" }
    if let domain { place += ", virtual host \(domain)" }
    var lines = ["\(status.rawValue): \(reason)"]
    if !reservations.isEmpty {
      lines[0] = "\(status.rawValue), with a reservation: \(reason)"
      lines += reservations.map { "reservation: \($0)" }
    }
    return lines + [target, place]
  }

  private var backendLines: [String] {
    guard !priorities.isEmpty, !isRefused else {
      return backends.map { "\($0.kind) \($0.name): weight \($0.weight), no share" }
    }
    let tiers = Set(backends.filter { $0.weight > 0 }.map(\.tier)).sorted()
    guard tiers.count > 1 else { return backends.flatMap { lines(of: $0, $0.tierShare) } }
    let members = Dictionary(grouping: backends, by: \.tier)
    // A Backend may be a fallback where priorities have no effect.
    let title = ignoresPriorities ? "fallback" : "priority"
    return tiers.enumerated().flatMap { place, priority in
      let load = (members[priority] ?? []).reduce(0) { $0 + $1.share }
      let part = load > 0 && load < 1 ? " for \(load.percent)" : ""
      let isUsed = place == 0 || load > 0
      let use = isUsed ? "in use\(part)" : "when those fail"
      return ["\(title) \(priority), \(use)"]
        + (members[priority] ?? []).flatMap { lines(of: $0, $0.tierShare) }.map { "  " + $0 }
    }
  }

  private func lines(of backend: Backend, _ share: Double) -> [String] {
    var line = "\(share.percent.padded(8))\(backend.kind) \(backend.name)"
    line += ", weight \(backend.weight)"
    if isDown(backend.name) { line += ", down" }
    if backend.isPool { line += ", an endpoint picked by the pool's endpoint picker" }
    if backend.failure != nil {
      return [line, "        gets nothing: AI Gateway answers \(backend.failureStatus.rawValue)"]
    }
    if let model = backend.model {
      line += ", receives model \(model.inQuotes)"
      if let origin = backend.modelOrigin { line += " (\(origin))" }
    } else if let origin = backend.modelOrigin {
      line += ", receives no model (\(origin))"
    }
    return [line] + [backend.upstream?.line].compactMap { $0.map { "        " + $0 } }
  }

  private var timeoutLines: [String] {
    guard let timeouts else { return [] }
    func line(_ name: String, _ value: Timeouts.Value?) -> String {
      let text = value?.text ?? "-"
      let origin = value?.origin ?? "not set"
      return "\(name.padded(16))\(text.padded(8))\(origin)"
    }
    var lines = [line("whole request", timeouts.total)]
    if let total = timeouts.total, total.milliseconds == 0 {
      lines[0] += " (no limit)"
    }
    if let limit = timeouts.maxStream { lines.append(line("whole stream", limit)) }
    lines.append(line("request", timeouts.request))
    lines.append(line("backendRequest", timeouts.backendRequest))
    lines.append(line("pause in a try", timeouts.streamIdle))
    lines.append(line("pause at all", timeouts.idle))
    if let perTry = timeouts.perTry { lines.append(line("one try", perTry)) }
    return lines
  }

  private var retryTitle: String {
    guard let retry else { return "while backends fail: no retry policy, one try" }
    var title = "while backends fail: \(retry.retries) retries on "
    title += retry.triggers.isEmpty ? "nothing" : retry.triggers.joined(separator: ", ")
    if !retry.codes.isEmpty {
      title += " (\(retry.codes.map { String($0) }.joined(separator: ", ")))"
    }
    return title + ", by \(retry.origin)"
  }

  /// What a try meets at a backend, where it does not get through.
  private func state(of name: ObjectKey, _ failing: [ObjectKey: Status]) -> String {
    isDown(name) ? " (down)" : failing[name].map { " (\($0.rawValue))" } ?? ""
  }

  private var failoverLines: [String] {
    let failing = Dictionary(
      backends.filter { $0.failure != nil }.map { ($0.name, $0.failureStatus) },
      uniquingKeysWith: { first, _ in first })
    var lines = failover.map { attempt in
      "try \(String(attempt.number).padded(4))priority \(String(attempt.priority).padded(4))"
        + attempt.backends.map { $0.name + state(of: $0, failing) }.joined(separator: ", ")
    }
    if let retry, retry.retries >= failover.count, !lines.isEmpty {
      lines.append("... and so on, \(retry.retries.saturatingSuccessor) tries in all")
    }
    return lines
  }
}

extension ListedModel {
  /// The model, who owns it and which rule names it.
  package var line: String {
    "\(name.padded(32))\(owner.padded(20))rule \(rule + 1) of \(route)"
      + (created.map { ", \($0)" } ?? "")
  }
}

extension String {
  /// The text with spaces up to a width, at least one.
  func padded(_ width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - unicodeScalars.count))
  }
}

extension Double {
  /// A fraction as per cent with at most one digit behind the point; never 0 or 100 where it only
  /// comes near.
  package var percent: String {
    guard self > 0 else { return "0%" }
    guard self < 1 else { return "100%" }
    let tenths = min(999, max(1, Int((self * 1000).rounded())))
    return tenths % 10 == 0 ? "\(tenths / 10)%" : "\(tenths / 10).\(tenths % 10)%"
  }
}
