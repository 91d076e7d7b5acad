import Kinds
import Manifest

extension Simulator {
  /// What becomes of a request, while backends of the given names are down.
  ///
  /// A name is a backendRef's, with or without its namespace: `azure`, `shared/azure`.
  package func answer(to request: Request, down: Set<String> = []) -> Answer {
    var answer = Answer(to: request, at: gateway)
    answer.down = down
    answer.warnings = warnings
    let host = assumedHost(of: request, &answer)
    guard let listener = listener(for: host, &answer) else {
      answer.status = .notFound
      answer.reason =
        gateway == nil
        ? "no route hangs on a Gateway" : "no listener of the Gateway takes this host"
      return answer
    }
    answer.listener = listener.name
    let client = gateway.flatMap { policies.client(of: $0, listener: listener.name) }
    let buffer = BufferLimit(client)
    answer.buffer = buffer
    var prepared = Prepared(request, slots)
    guard let virtualHost = listener.virtualHost(for: host) else {
      answer.status = .notFound
      answer.reason = "no route answers for this host, so Envoy says 404 with an empty body"
      answer.considered = considered(prepared, nil, winner: nil, on: listener)
      return answer
    }
    answer.domain = virtualHost.domain
    guard buffer.bytes != nil else {
      answer.status = .failed
      answer.reason =
        "bufferLimit \(buffer.text) of ClientTrafficPolicy \(buffer.policy?.name ?? "") is out of "
        + "range, so every route of the listener answers 500; use 4095Mi at most"
      return answer
    }
    guard let first = virtualHost.first(prepared) else {
      answer.status = .notFound
      answer.reason = "no rule takes this path, so Envoy says 404 with an empty body"
      answer.prepared = prepared
      answer.considered = considered(prepared, virtualHost, winner: nil, on: listener)
      return answer
    }
    if first.route.isAI {
      if end(early: &answer, host) { return answer }
      if request.headers.contains(where: { $0.name.lowercased() == Simulator.modelHeader }) {
        answer.warnings.append(
          "the client's own \(Simulator.modelHeader) is overwritten by the model in the body")
      }
      prepared.set(Simulator.modelHeader, request.model ?? "", slots)
      prepared.set("x-ai-eg-original-path", request.path, slots)
      prepared.set("x-envoy-original-path", request.path, slots)
    } else {
      answer.warnings.append(
        "HTTPRoute \(first.route.name) takes the request before its body is read: AI Gateway "
          + "plays no part in it")
    }
    answer.prepared = prepared
    // Only the second match counts; where AI Gateway plays no part, it is the first once more.
    let winner = first.route.isAI ? virtualHost.first(prepared) : first
    answer.considered = considered(prepared, virtualHost, winner: winner, on: listener)
    if let winner {
      serve(&answer, winner, client, on: listener)
    } else {
      answer.status = .notFound
      answer.reason = "no rule takes the request, so Envoy says 404 with an empty body"
    }
    return answer
  }

  // MARK: Before the model is known

  /// The host of the request; where it names none and every route does, that of the first route.
  func assumedHost(of request: Request, _ answer: inout Answer) -> String? {
    if let host = request.bareHost { return host }
    let hosts = listeners.flatMap(\.hosts)
    guard !hosts.contains(where: { $0.domain == "*" }), let first = hosts.first else { return nil }
    let host =
      first.domain.hasPrefix("*") ? "any\(first.domain.dropFirst())" : first.domain
    answer.warnings.append("every route names hosts; the request is taken to be for \(host)")
    return host
  }

  /// The listener whose own hostname fits best.
  func listener(for host: String?, _ answer: inout Answer) -> Listener? {
    var best: (listener: Listener, fit: Int)?
    var isTied = false
    for listener in listeners {
      guard !listener.hosts.isEmpty, let fit = listener.fit(host) else { continue }
      if let best, best.fit >= fit {
        if best.fit == fit { isTied = true }
        continue
      }
      best = (listener, fit)
      isTied = false
    }
    if isTied, let name = best?.listener.name {
      answer.warnings.append("several listeners take this host; the request is sent to \(name)")
    }
    // A listener without routes answers too, with 404.
    return best?.listener ?? listeners.first { $0.fit(host) != nil }
  }

  /// Answers what AI Gateway answers before it looks for a backend; false where it goes on.
  private func end(early answer: inout Answer, _ host: String?) -> Bool {
    let path = answer.request.barePath
    guard let known = Endpoint.of(path, below: rootPrefix) else {
      answer.status = .notFound
      answer.reason = "unsupported path: \(path)"
      return true
    }
    if known == .models {
      answer.models = routes.models(for: host)
      answer.reason = "AI Gateway itself lists the models"
      return true
    }
    guard let size = answer.request.size, let buffer = answer.buffer, let limit = buffer.bytes,
      size > limit
    else { return false }
    answer.status = .tooLarge
    answer.reason =
      "the body has \(size) bytes, and the listener holds \(limit) (\(buffer.origin))"
    return true
  }

  // MARK: The winner

  func serve(
    _ answer: inout Answer, _ winner: Candidate, _ client: Policies.Policy?, on listener: Listener
  ) {
    answer.ruleName = winner.rule.name
    guard let rule = winner.rule.index else {
      answer.status = .notFound
      answer.reason =
        "no rule takes model \(answer.request.model ?? "-"): route-not-found of "
        + "\(winner.route.name) answers 404"
      return
    }
    answer.route = winner.route.name
    answer.rule = rule
    answer.match = winner.match
    answer.reason = reason(for: winner, among: answer.considered)
    let chain = gateway.map {
      policies.backend(
        of: winner.rule.name, route: winner.route.name, gateway: $0, listener: listener.name)
    }
    let isZoned = chain?.contains { $0.spec.given("loadBalancer")?.given("zoneAware") != nil }
    let split = Split(
      of: winner.rule, in: winner.route, model: answer.request.model, known: known,
      isZoned: isZoned ?? false)
    let retry = Retry(chain ?? [])
    answer.retry = retry
    answer.timeouts = Timeouts(
      winner.rule, isAI: winner.route.isAI, retry: retry, backend: chain ?? [], client: client)
    answer.backends = split.parts
    answer.tiers = split.tiers
    if let why = failure(of: split, winner) {
      answer.status = .failed
      answer.reason += "; \(why)"
      return
    }
    answer.sharesPerTier = split.tiers.map { split.shares(inTier: $0) }
    answer.failover = split.attempts(retry)
    let isChecked = chain?.contains { $0.spec.given("healthCheck") != nil } ?? false
    answer.warnings += remarks(on: answer, split, isChecked: isChecked)
    if !down(in: answer).isEmpty { fall(&answer) }
  }

  // MARK: Backends that are down

  private func down(in answer: Answer) -> [Answer.Backend] {
    answer.backends.filter { $0.weight > 0 && answer.isDown($0.name) }
  }

  /// Says what those that are down do to requests (domain.md 3.6).
  private func fall(_ answer: inout Answer) {
    let isRetried = answer.retry?.catchesFailedConnections ?? false
    let tries = isRetried ? answer.failover[...] : answer.failover.prefix(1)
    let names = down(in: answer).map(\.name.name).joined(separator: ", ")
    guard tries.contains(where: { !$0.backends.allSatisfy(answer.isDown) }) else {
      answer.status = .unavailable
      answer.reason +=
        isRetried || answer.retry == nil
        ? "; every backend of its \(tries.count == 1 ? "only try" : "tries") is down (\(names)), so it answers 503"
        : "; \(names) is down and no trigger of the retry policy tries again, so it answers 503"
      return
    }
    let lost = zip(answer.backends, answer.sharesPerTier.first ?? [])
      .filter { answer.isDown($0.0.name) }.reduce(0) { $0 + $1.1 }
    guard lost > 0 else { return }
    answer.warnings.append(
      "\(names) down: \(lost.percent) of the requests fail at the first try and "
        + (isRetried ? "are tried again" : "get 503, as nothing tries again"))
  }

  /// Why the rule answers 500, nil where it does not.
  private func failure(of split: Split, _ winner: Candidate) -> String? {
    if !split.isLive {
      guard winner.route.isAI || winner.rule.node.list("filters").isEmpty else { return nil }
      return split.parts.isEmpty
        ? "the rule has no backendRefs, so it answers 500"
        : "every backendRef has weight 0, so the rule answers 500"
    }
    let live = split.parts.filter { $0.weight > 0 }
    let isDynamic = live.contains {
      known.backend(of: $0.name)?["spec"]?["type"]?.text == "DynamicResolver"
    }
    return isDynamic && live.count > 1
      ? "a Backend of type DynamicResolver cannot stand beside others, so the rule answers 500"
      : nil
  }

  /// Every match of the listener, in the order in which they are tried, those of other virtual
  /// hosts behind them.
  private func considered(
    _ prepared: Prepared, _ host: Listener.VirtualHost?, winner: Candidate?, on listener: Listener
  ) -> [Answer.Considered] {
    var considered: [Answer.Considered] = []
    var seen: Set<Int> = []
    if let host {
      considered.reserveCapacity(host.candidates.count)
      for candidate in host.candidates {
        seen.insert(candidate.precedence.route)
        considered.append(
          Answer.Considered(
            candidate: candidate, loss: loss(of: candidate, prepared, winner: winner)))
      }
    }
    for other in listener.hosts where other.domain != host?.domain {
      for candidate in other.candidates where !seen.contains(candidate.precedence.route) {
        considered.append(Answer.Considered(candidate: candidate, loss: .host))
      }
      for candidate in other.candidates { seen.insert(candidate.precedence.route) }
    }
    return considered
  }

  private func loss(of candidate: Candidate, _ prepared: Prepared, winner: Candidate?) -> Loss? {
    if candidate === winner { return nil }
    if candidate.rule.isDropped { return .dropped }
    if let misfit = candidate.condition.misfit(prepared) { return misfit }
    guard let winner else { return .path }
    return .outranked(by: winner.precedence.advantage(over: candidate.precedence).by)
  }
}

extension Listener.VirtualHost {
  /// The first match that takes a request.
  func first(_ prepared: Prepared) -> Candidate? {
    candidates.first { !$0.rule.isDropped && $0.condition.misfit(prepared) == nil }
  }
}

/// What AI Gateway does at a path (domain.md 3.1).
enum Endpoint: Sendable {
  /// It looks for a backend.
  case forwarded
  /// It lists the models itself.
  case models

  /// Nil for a path that it does not know.
  static func of(_ path: String, below prefix: String) -> Endpoint? {
    let root = prefix.utf8.last == UInt8(ascii: "/") ? prefix.utf8.dropLast() : prefix.utf8[...]
    guard path.utf8.starts(with: root) else { return nil }
    switch String(path.utf8.dropFirst(root.count)) ?? "" {
    case "/v1/models", "/anthropic/v1/models": return .models
    case "/v1/chat/completions", "/v1/completions", "/v1/embeddings", "/v1/responses",
      "/v1/responses/input_tokens", "/v1/audio/speech", "/v1/audio/transcriptions",
      "/v1/audio/translations", "/v1/images/generations", "/tokenize", "/cohere/v2/rerank",
      "/anthropic/v1/messages", "/anthropic/v1/messages/count_tokens":
      return .forwarded
    default: return nil
    }
  }
}
