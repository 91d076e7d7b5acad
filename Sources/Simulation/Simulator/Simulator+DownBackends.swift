import Resources

/// What becomes of requests while backends are down.
extension Simulator {
  /// Says of backends that are down that the rule does not lead to them; a caller that takes a name that
  /// no rule has says so before.
  func noteUnknown(_ answer: inout Answer) {
    let own = Set(answer.backends.flatMap { [$0.name.name, $0.name.description] })
    let others = Set(backends.flatMap { [$0.name, $0.description] })
    for name in answer.down.subtracting(own).sorted() where others.contains(name) {
      answer.warnings.append("\(name) is down, and the rule does not lead to it")
    }
  }

  /// Says what those that are down do to requests.
  ///
  /// An active check has taken them out before the request comes; a passive one does after some
  /// failures; otherwise each try that goes to one fails.
  func applyFailures(
    _ answer: inout Answer, _ split: TrafficSplit, _ traffic: EffectiveTraffic?
  ) {
    let down = answer.backends.filter { $0.weight > 0 && answer.isDown($0.name) }
    guard !down.isEmpty else { return }
    let names = down.map(\.name.name).joined(separator: ", ")
    let isChecked = traffic?.traffic.hasActiveCheck ?? false
    let live = answer.backends.count { $0.weight > 0 }
    let isWatched = traffic?.traffic.takesOut(down.count, of: live) ?? false
    let alive = answer.backends.filter { $0.weight > 0 && !answer.isDown($0.name) }
    guard !alive.isEmpty else {
      answer.status = .unavailable
      answer.reason += "; every backend is down (\(names)), so it answers 503"
      return
    }
    if split.isOneEnvoyCluster, isChecked {
      eject(down, names, of: split, traffic, &answer)
      return
    }
    let isRetried = !split.isDrawnOnce && answer.retry?.catchesFailedConnections ?? false
    let tries = isRetried ? answer.failover[...] : answer.failover.prefix(1)
    guard tries.contains(where: { !$0.backends.allSatisfy(answer.isDown) }) else {
      if split.isOneEnvoyCluster, isWatched {
        eject(down, names, of: split, traffic, &answer)
        answer.warnings.append(
          "the passive check takes \(names) out after some failures; until then requests fail")
        return
      }
      answer.status = .unavailable
      answer.reason +=
        isRetried || answer.retry == nil
        ? "; every backend of its \(tries.count == 1 ? "only try" : "tries") is down (\(names)), "
          + "so it answers 503"
        : "; \(names) is down and no trigger of the retry policy tries again, so it answers 503"
      return
    }
    let lost = answer.backends.filter { answer.isDown($0.name) }.reduce(0) { $0 + $1.share }
    guard lost > 0 else { return }
    answer.warnings.append(
      "\(names) down: \(lost.percent) of the requests fail at the first try and "
        + (isRetried
          ? "are tried again"
          : split.isDrawnOnce && answer.retry != nil
            ? "get 503, as each try of a request goes to the Backend that it is drawn for"
            : "get 503, as nothing tries again")
        + (isWatched ? ", until the passive check takes it out" : ""))
  }

  /// Spreads the requests over what health checks leave, as far as Envoy goes by them.
  private func eject(
    _ down: [Answer.Backend], _ names: String, of split: TrafficSplit,
    _ traffic: EffectiveTraffic?, _ answer: inout Answer
  ) {
    let places = Set(down.map(\.refIndex))
    let live = answer.backends.filter { $0.weight > 0 }
    var hosts: [Int: (healthy: Int, all: Int)] = [:]
    for part in live {
      let count = max(1, index.backend(ofService: part.name)?.endpoints.count ?? 1)
      hosts[part.tier, default: (0, 0)].all += count
      if !places.contains(part.refIndex) {
        hosts[part.tier, default: (0, 0)].healthy += count
      }
    }
    let spread = PriorityLoad(hosts, panicBelow: traffic?.traffic.panicThreshold ?? 50)
    let out = Set(
      down.filter { !spread.panicking.contains($0.tier) }.map(\.refIndex))
    let shares = split.shares(out: out)
    for place in answer.backends.indices {
      let load = spread.loads[answer.backends[place].tier] ?? 0
      answer.backends[place].tierShare = shares[place]
      answer.backends[place].share = shares[place] * Double(load) / 100
    }
    answer.priorities = Set(live.filter { !out.contains($0.refIndex) }.map(\.priority)).sorted()
    answer.failover = split.attempts(answer.retry, out: out)
    if !out.isEmpty { answer.reason += "; health checks take \(names) out" }
    noteSpread(spread, of: split, &answer)
  }

  /// Says where requests go that health checks turn away.
  private func noteSpread(
    _ spread: PriorityLoad, of split: TrafficSplit, _ answer: inout Answer
  ) {
    let used = spread.loads.filter { $0.value > 0 }.keys.sorted()
    if used.count == 1, let priority = used.first, priority != split.priorities.first,
      split.exception == nil
    {
      answer.reason += ", so priority \(priority) answers"
    } else if used.count > 1 {
      let parts = used.map { "\(spread.loads[$0] ?? 0)% to priority \($0)" }
      answer.reason += ", so \(parts.joined(separator: ", "))"
    }
    guard !spread.panicking.isEmpty else { return }
    let lost = answer.backends.filter { answer.isDown($0.name) }.reduce(0) { $0 + $1.share }
    answer.warnings.append(
      "too few are left: Envoy panics and sends to all of them, down or not, so that "
        + "\(lost.percent) of the requests fail at the first try")
  }
}
