import YAML
import Resources
import RouteForm
import Screen
import Simulation

extension Analysis {
  /// The chart of a step, nil for a step without one.
  ///
  /// While keys come faster than the linter runs, that of the form before them.
  mutating func chart(of subject: Chart.Subject, in form: FormState) -> Chart? {
    if let known = simulations.chart, known.subject == subject,
      !known.isStale || !isLinted
    {
      return known.chart
    }
    var chart: Chart?
    switch subject.step {
    case .matches: chart = order(subject, form)
    case .splits: chart = shares(subject, form)
    case .timeouts: chart = ruler(subject, form)
    case .buffer, .gateway, .overrides, .pool, .review: break
    }
    simulations.chart = (subject, chart, false)
    return chart
  }

  private func routeKey(_ form: FormState) -> ObjectKey { ObjectKey(of: form.route) }

  // MARK: The order of the rules

  private mutating func order(_ subject: Chart.Subject, _ form: FormState) -> Chart? {
    let route = routeKey(form)
    let order = simulator(of: form).order(
      host: form.route["spec"]?["hostnames"]?[0]?.scalar?.text)
    guard let here = order.place(ofRule: subject.rule, of: route) else { return nil }
    var chart = Chart()
    let title = "Tried as \(here + 1) of \(order.count)"
    if let why = reason(order[here], route) {
      chart.add((title, .heading), (", dead: \(why)", .warning))
    } else if order[here].isUnfinished {
      chart.add((title, .heading), (", not finished", .hint))
    } else {
      chart.add((title, .heading))
    }
    // Far from the rule nobody looks, and each line is held against all before it.
    let shown = max(0, here - 15)..<min(order.count, here + 16)
    let names = order[shown].map { name(of: $0, route) }
    let width = min(subject.columns / 3, names.map(\.count).max() ?? 0)
    for (place, name) in zip(shown, names) {
      let tried = order[place]
      let isOwn = tried.route == route && tried.rule == subject.rule
      if place == here { chart.center = chart.lines.count }
      let number = String(place + 1)
      let head = "\(isOwn ? ">" : " ")\(String(repeating: " ", count: max(0, 3 - number.count)))"
      let text = tried.description.isEmpty ? "everything else" : tried.description
      let why = reason(tried, route).map { "  dead: \($0)" } ?? ""
      let room = subject.columns - width - 8 - (why.isEmpty ? 0 : min(why.count, 24))
      chart.add(
        ("\(head)\(number) \(name.fitted(width))  ", isOwn ? .accent : .plain),
        (why.isEmpty ? text : text.fitted(max(8, min(room, text.count))), .value),
        (why, .warning))
    }
    return chart
  }

  private func name(of tried: RankedMatch, _ route: ObjectKey) -> String {
    Analysis.name(tried.rule, tried.ruleName, of: tried.route, at: route)
  }

  private static func name(
    _ rule: Int?, _ name: String?, of other: ObjectKey, at route: ObjectKey
  ) -> String {
    let suffix = other == route ? "" : " of \(other.name)"
    guard let rule else { return "404\(suffix)" }
    return "rule \(rule + 1)\(name.map { " \($0)" } ?? "")\(suffix)"
  }

  private func reason(_ tried: RankedMatch, _ route: ObjectKey) -> String? {
    if tried.isDropped { return "its expression cannot be read" }
    guard !tried.isUnfinished, let owner = tried.ownerRule else { return nil }
    return "\(Analysis.name(owner.rule, nil, of: owner.route, at: route)) takes all of it"
  }

  // MARK: Shares

  private mutating func shares(_ subject: Chart.Subject, _ form: FormState) -> Chart? {
    let simulator = simulator(of: form)
    guard let answer = simulator.outcome(ofRule: subject.rule, of: routeKey(form)),
      !answer.backends.isEmpty
    else { return nil }
    var chart = Chart()
    guard !answer.priorities.isEmpty, answer.status != .failed else {
      chart.add(("No backend takes traffic: this rule answers 500", .error))
      return chart
    }
    let width = min(
      subject.columns / 2, answer.backends.map(\.name.name.count).max() ?? 0)
    let scale = Scale(whole: 1, columns: min(40, subject.columns - width - 12))
    // Nobody looks at more priorities than there is room for.
    for (place, tier) in answer.priorities.prefix(32).enumerated() {
      let isMixed = answer.ignoresPriorities
      if place > 0, isMixed { break }
      if isMixed || answer.priorities.count == 1 {
        chart.add(("Shares of the requests", .heading))
      } else {
        chart.add(
          (place == 0 ? "Priority \(tier), in use" : "Priority \(tier), when those fail", .heading))
      }
      let members = answer.backends.filter {
        $0.tierShare > 0 && (isMixed || $0.priority == tier)
      }
      for backend in members.prefix(12) {
        let share = backend.tierShare
        chart.add(
          ("  \(backend.name.name.fitted(width)) ", .plain),
          (share.percent.fitted(7), .value),
          (scale.bar(share, place == 0 ? "#" : "="), place == 0 ? .accent : .hint))
      }
      if members.count > 12 { chart.add(("  ... and \(members.count - 12) more", .hint)) }
    }
    addWalk(&chart, subject, form, simulator, answer)
    return chart
  }

  /// What becomes of requests while the focused backend is down.
  private func addWalk(
    _ chart: inout Chart, _ subject: Chart.Subject, _ form: FormState, _ simulator: Simulator,
    _ answer: Answer
  ) {
    guard let place = subject.backend, answer.backends.indices.contains(place) else { return }
    let backend = answer.backends[place]
    guard backend.weight > 0, !backend.name.name.isEmpty,
      let walk = simulator.outcome(
        ofRule: subject.rule, of: routeKey(form), down: [backend.name.description])
    else { return }
    chart.essence = chart.lines.count
    let others = Set(answer.warnings)
    let name = backend.name.name
    var change = walk.warnings.filter { !others.contains($0) }.map { warning in
      warning.hasPrefix("\(name) down: ") ? String(warning.dropFirst(name.count + 7)) : warning
    }
    if walk.status != .done {
      change.append("every try fails, and the client gets \(walk.status.rawValue)")
    }
    let text =
      change.isEmpty
      ? "nothing changes as long as the earlier priorities answer" : change.joined(separator: "; ")
    chart.add(
      "If \(name) is down: \(text)",
      walk.status == .done ? change.isEmpty ? .hint : .warning : .error, indent: 0,
      columns: subject.columns)
    guard !change.isEmpty else { return }
    for attempt in walk.failover.prefix(8) {
      let names = attempt.backends.prefix(6).map {
        $0.name + (walk.isDown($0) ? " (down)" : "")
      }
      chart.add(
        ("  try \(attempt.number), priority \(attempt.priority): ", .hint),
        (names.joined(separator: ", "), .plain))
    }
    if walk.retry == nil, answer.priorities.count > 1 {
      chart.add(("  no retry policy: there is one try", .hint))
    }
  }

  // MARK: Times

  private mutating func ruler(_ subject: Chart.Subject, _ form: FormState) -> Chart? {
    guard let answer = simulator(of: form).outcome(ofRule: subject.rule, of: routeKey(form)),
      let timeouts = answer.timeouts, let total = timeouts.total,
      let whole = total.milliseconds
    else { return nil }
    let each = timeouts.perTry?.milliseconds ?? 0
    let tries = min(99, answer.retry?.retries ?? 0) + 1
    let pause = timeouts.streamIdle?.milliseconds ?? 0
    let longest = max(whole, pause, each > 0 ? min(each, .max / 200) * tries : 0)
    let end = whole == 0 ? max(longest, 60000) * 5 / 4 : longest
    let scale = Scale(whole: Double(end), columns: max(10, min(60, subject.columns - 13 - 14)))
    var chart = Chart()
    chart.add(("Times to scale ", .heading), (Self.marks(scale, end), .hint))
    let isEndless = whole == 0
    chart.add(
      ("  request  ", .plain),
      (isEndless ? scale.bar(Double(end), "=") + ">" : scale.bar(Double(whole), "="), .accent),
      (isEndless ? " no limit" : " \(total.text)", .value))
    chart.add(total.origin, .hint, indent: 11, columns: subject.columns)
    addTries(
      &chart, scale, answer, each: each, tries: tries, whole: whole)
    if pause > 0 {
      chart.add(
        ("  pause    ", .plain), (scale.bar(Double(pause), "."), .accent),
        (" \(timeouts.streamIdle?.text ?? "")", .value), (" of silence", .hint))
    }
    for remark in answer.timeRemarks {
      chart.add(remark, .warning, indent: 2, columns: subject.columns)
    }
    return chart
  }

  /// The tries one after the other; what does not fit into the request is crossed out.
  private func addTries(
    _ chart: inout Chart, _ scale: Scale, _ answer: Answer, each: Int, tries: Int, whole: Int
  ) {
    guard each > 0, let perTry = answer.timeouts?.perTry else {
      chart.add(
        ("  tries    ", .plain),
        (
          tries == 1
            ? "one: no retry policy"
            : "up to \(tries), no limit for each", .hint
        ))
      return
    }
    let limit = whole == 0 ? scale.columns : scale.columns(to: Double(whole))
    var line = ""
    for number in 0..<tries {
      let start = scale.columns(to: Double(each * number))
      let end = scale.columns(to: Double(each * (number + 1)))
      var part = "|\(number + 1)"
      if part.count > end - start { part = "|" }
      guard end > start else { break }
      line += part + String(repeating: "-", count: max(0, end - start - part.count))
    }
    let inside = line.prefix(limit)
    let outside = line.dropFirst(limit)
    chart.add(
      ("  tries    ", .plain), (String(inside), .accent),
      (String(repeating: "x", count: outside.count), .error),
      (" \(tries) x \(perTry.text)", .value),
      (outside.isEmpty ? "" : " overrun", .error))
  }

  /// The scale's own line: nothing, half and all of it.
  private static func marks(_ scale: Scale, _ end: Int) -> String {
    func text(_ milliseconds: Int) -> String {
      if milliseconds % 3_600_000 == 0 { return "\(milliseconds / 3_600_000)h" }
      if milliseconds % 1000 == 0 { return "\(milliseconds / 1000)s" }
      return milliseconds < 10000 ? "\(milliseconds)ms" : "\(milliseconds / 1000)s"
    }
    let half = text(end / 2)
    let all = text(end)
    let first = max(1, scale.columns / 2 - 1 - half.count / 2)
    let second = max(1, scale.columns - first - half.count - all.count - 1)
    return "0" + String(repeating: "-", count: first) + half
      + String(repeating: "-", count: second) + all
  }
}
