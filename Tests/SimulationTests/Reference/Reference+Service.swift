import YAML
import Resources
import Simulation

extension Reference {
  /// The outcome of a request that a candidate takes; `first` is what it met before AI Gateway
  /// read its body, nil where that had no part in it.
  func served(
    _ candidate: Candidate, _ domain: String, _ request: Request, _ down: Set<String>,
    _ first: Candidate?
  ) throws(Unclear) -> Outcome {
    var outcome = Outcome(
      status: 200, listener: candidate.listener.name, domain: domain,
      route: candidate.route.key, rule: candidate.rule, match: candidate.match)
    let client = try client(of: candidate.listener)
    let traffic = traffic(candidate)
    let limit = try limit(traffic, candidate, first)
    if let size = request.size, let limit, size > limit { outcome.status = 413 }
    if isRefused(client, traffic) || isBarred(candidate) {
      // Envoy answers 413 before it comes to the route, if the limit it then has is exceeded.
      if outcome.status == 413 { throw .buffers }
      outcome.status = 500
    }
    if candidate.rule == nil, outcome.status == 200 { outcome.status = 404 }
    if candidate.rule == nil { (outcome.route, outcome.match) = (nil, nil) }
    guard outcome.status == 200 else { return outcome }
    var service = Service()
    fill(&service, with: candidate, request)
    guard service.shares.contains(where: { $0 > 0 }), !isDynamicBeside(candidate) else {
      outcome.status = 500
      return outcome
    }
    fillTimes(&service, candidate, client, traffic)
    service.buffer = candidate.route.isGenerated ? try clientLimit(at: candidate.listener) : nil
    fillTries(&service, candidate, traffic)
    if isChecked(traffic), !isClusterForEach(candidate) {
      takeOut(&service, candidate, traffic, down)
    }
    if !down.isEmpty, !isReached(service, candidate, traffic, down) { outcome.status = 503 }
    if outcome.status == 200, first != nil, candidate.route.isGenerated,
      isAnsweredByGateway(service, candidate, traffic, down, request)
    {
      outcome.status = 500
      return outcome
    }
    outcome.service = service
    return outcome
  }

  private func isRefused(_ client: Client, _ traffic: Traffic) -> Bool {
    if case .refused = client { return true }
    if case .refused = traffic { return true }
    return false
  }

  /// The buffer limit of a port, which its first listener sets (internal/xds/translator/
  /// translator.go, processHTTPListenerXdsTranslation).
  private func clientLimit(at door: Door) throws(Unclear) -> Int {
    let first = openDoors.first { $0.port == door.port } ?? door
    guard case .policy(let spec) = try client(of: first) else { return 32768 }
    return spec["connection"]?["bufferLimit"]?.bytes ?? 32768
  }

  /// The most bytes of a body: AI Gateway holds all of it, in the listener's buffer, unless a route's
  /// requestBuffer has changed that one's size before.
  private func limit(
    _ traffic: Traffic, _ candidate: Candidate, _ first: Candidate?
  ) throws(Unclear) -> Int64? {
    func own(_ traffic: Traffic) -> Int? {
      guard case .policy(let spec, _) = traffic else { return nil }
      return spec["requestBuffer"]?["limit"]?.bytes
    }
    if let first, own(self.traffic(first)) != own(traffic) { throw .buffers }
    if let own = own(traffic) { return Int64(own) }
    return first == nil ? nil : try Int64(clientLimit(at: candidate.listener))
  }

  // MARK: - Backends

  private func refs(of candidate: Candidate) -> [Node] {
    candidate.node["backendRefs"]?.items ?? []
  }

  private func weight(_ ref: Node) -> Int { ref["weight"]?.integer ?? 1 }

  private func priority(_ ref: Node, _ candidate: Candidate) -> Int {
    candidate.route.isGenerated ? ref["priority"]?.integer ?? 0 : 0
  }

  private func fill(_ service: inout Service, with candidate: Candidate, _ request: Request) {
    let refs = refs(of: candidate)
    let live = refs.filter { weight($0) > 0 }
    let isSplit = lacksPriorities(candidate)
    let lowest = live.map { priority($0, candidate) }.min() ?? 0
    func takesPart(_ ref: Node) -> Bool {
      weight(ref) > 0 && (isSplit || priority(ref, candidate) == lowest)
    }
    let sum = live.filter(takesPart).reduce(0) { $0 + weight($1) }
    for ref in refs {
      let namespace = ref["namespace"]?.text ?? candidate.route.namespace
      service.names.append("\(namespace)/\(ref["name"]?.text ?? "")")
      service.weights.append(weight(ref))
      service.priorities.append(priority(ref, candidate))
      service.shares.append(takesPart(ref) ? Double(weight(ref)) / Double(sum) : 0)
      // Where endpoints stand apart, all that is known of them is the first reference.
      let named = isApart(candidate) ? refs[0] : ref
      let override = named["modelNameOverride"]?.text ?? ""
      service.models.append(
        candidate.route.isGenerated && !override.isEmpty ? override : request.model)
    }
  }

  /// The Backend behind an AIServiceBackend, where both are among the documents.
  private func backend(of ref: Node, _ candidate: Candidate) -> Thing? {
    guard candidate.route.isGenerated else { return nil }
    let namespace = ref["namespace"]?.text ?? candidate.route.namespace
    guard let service = thing("AIServiceBackend", namespace, ref["name"]?.text ?? ""),
      let leads = service.spec["backendRef"]
    else { return nil }
    return thing("Backend", leads["namespace"]?.text ?? namespace, leads["name"]?.text ?? "")
  }

  /// Whether each backend gets a cluster of its own, so that priorities mean nothing
  /// (internal/ir/xds.go, NeedsClusterPerSetting): here, addresses of several types.
  func isClusterForEach(_ candidate: Candidate) -> Bool {
    var types: Set<String> = []
    for ref in refs(of: candidate) where weight(ref) > 0 {
      for endpoint in backend(of: ref, candidate)?.spec["endpoints"]?.items ?? [] {
        types.formUnion(endpoint.entries.map(\.key).filter { ["fqdn", "ip"].contains($0) })
      }
    }
    return types.count > 1
  }

  /// Whether the endpoints are none of the cluster's own (internal/xds/translator/cluster.go, EDS),
  /// so that AI Gateway cannot give them priorities: all backends have addresses.
  private func isApart(_ candidate: Candidate) -> Bool {
    guard candidate.route.isGenerated else { return false }
    let live = refs(of: candidate).filter { weight($0) > 0 }
    return !live.isEmpty
      && live.allSatisfy { ref in
        let endpoints = backend(of: ref, candidate)?.spec["endpoints"]?.items ?? []
        return !endpoints.isEmpty && endpoints.allSatisfy { $0["ip"] != nil }
      }
  }

  private func lacksPriorities(_ candidate: Candidate) -> Bool {
    isClusterForEach(candidate) || isApart(candidate) && tierCount(candidate) > 1
  }

  private func tierCount(_ candidate: Candidate) -> Int {
    Set(refs(of: candidate).filter { weight($0) > 0 }.map { priority($0, candidate) }).count
  }

  private func isDynamicBeside(_ candidate: Candidate) -> Bool {
    let refs = refs(of: candidate)
    return refs.count > 1
      && refs.contains {
        weight($0) > 0 && backend(of: $0, candidate)?.spec["type"]?.text == "DynamicResolver"
      }
  }

  // MARK: - Times

  private func fillTimes(
    _ service: inout Service, _ candidate: Candidate, _ client: Client, _ traffic: Traffic
  ) {
    let times = candidate.node["timeouts"]
    service.request = times?["request"]?.milliseconds
    if candidate.route.isGenerated { service.request = service.request ?? 60_000 }
    service.backendRequest = times?["backendRequest"]?.milliseconds
    service.streamIdle = candidate.node["streamIdleTimeout"]?.milliseconds
    var policy: Node?
    if case .policy(let spec, _) = traffic { policy = spec }
    var listener: Node?
    if case .policy(let spec) = client { listener = spec }
    let http = policy?["timeout"]?["http"]
    service.total =
      service.backendRequest ?? service.request ?? http?["requestTimeout"]?.milliseconds
    if let idle = http?["streamIdleTimeout"] ?? listener?["timeout"]?["http"]?["streamIdleTimeout"]
    {
      service.idle = idle.milliseconds
    } else if let total = service.total {
      service.idle = total == 0 ? 0 : max(3_600_000, total)
    }
    service.perTry = policy?["retry"]?["perRetry"]?["timeout"]?.milliseconds
    service.retry = policy?["retry"].map(retry)
  }

  /// internal/xds/translator/route.go, buildRetryPolicy.
  private func retry(_ node: Node) -> Retry {
    var retry = Retry(
      retries: node["numRetries"]?.integer ?? 2,
      triggers: [
        "connect-failure", "refused-stream", "unavailable", "cancelled", "retriable-status-codes",
      ], codes: [503])
    if let attempts = node["numAttemptsPerPriority"]?.integer, attempts > 0 {
      retry.attempts = attempts
    }
    let codes = node["retryOn"]?["httpStatusCodes"]
    let triggers = node["retryOn"]?["triggers"]
    if codes != nil || triggers != nil {
      retry.codes = Set((codes?.items ?? []).compactMap(\.integer))
      let written = Set((triggers?.items ?? []).compactMap(\.text))
      if !written.isEmpty { retry.triggers = written }
    }
    // Codes mean something only beside this trigger.
    if !retry.triggers.contains("retriable-status-codes") { retry.codes = [] }
    retry.perTry = node["perRetry"]?["timeout"]?.milliseconds
    return retry
  }

  // MARK: - Tries

  private func tiers(_ service: Service) -> [Int] {
    let live = service.weights.indices.filter { service.weights[$0] > 0 }
    return Set(live.map { service.priorities[$0] }).sorted()
  }

  /// Where one try goes after the other while all fail: a priority is left after its attempts,
  /// and when none is left it begins anew.
  private func fillTries(
    _ service: inout Service, _ candidate: Candidate, _ traffic: Traffic
  ) {
    guard !lacksPriorities(candidate) else { return }
    let all = tiers(service)
    guard let retry = service.retry else {
      service.tries = [all[0]]
      return
    }
    var (left, used, tries) = (all, 0, [Int]())
    for _ in 0...retry.retries {
      tries.append(left[0])
      used += 1
      guard candidate.route.isGenerated, used == retry.attempts else { continue }
      left.removeFirst()
      used = 0
      if left.isEmpty { left = all }
    }
    service.tries = tries
  }

  /// Whether the first backends that are up and get the request cannot be asked: AI Gateway answers
  /// 500 then (internal/endpointspec/endpointspec.go), which Envoy does not try again.
  private func isAnsweredByGateway(
    _ service: Service, _ candidate: Candidate, _ traffic: Traffic, _ down: Set<String>,
    _ request: Request
  ) -> Bool {
    let path = String(path(of: request).dropFirst(strippedPrefix.count))
    let serving: Set =
      switch path {
      case "/v1/chat/completions", "/v1/embeddings": ["OpenAI", "AzureOpenAI"]
      case "/anthropic/v1/messages": ["OpenAI", "Anthropic"]
      default: ["OpenAI"]
      }
    let members = service.names.indices.filter { service.weights[$0] > 0 }
    func isUp(_ index: Int) -> Bool {
      let name = service.names[index]
      return !down.contains(name) && !down.contains(String(name.split(separator: "/")[1]))
    }
    func isServed(_ index: Int) -> Bool {
      let name = service.names[isApart(candidate) ? 0 : index].split(separator: "/").map(
        String.init)
      guard let own = thing("AIServiceBackend", name[0], name[1]) else { return true }
      return serving.contains(own.spec["schema"]?["name"]?.text ?? "")
    }
    var groups = tiers(service).map { tier in members.filter { service.priorities[$0] == tier } }
    if lacksPriorities(candidate) { groups = [members] }
    let reached = groups.lazy.map { $0.filter(isUp) }.first { !$0.isEmpty } ?? []
    return !reached.isEmpty && !reached.contains(where: isServed)
  }

  private func isChecked(_ traffic: Traffic) -> Bool {
    guard case .policy(let spec, _) = traffic else { return false }
    return spec["healthCheck"]?["active"] != nil
  }

  /// Spreads requests over what an active check leaves, and leaves the tries open
  /// (envoyproxy/envoy, load_balancer_impl.cc, with an overprovisioning factor of 140).
  private func takeOut(
    _ service: inout Service, _ candidate: Candidate, _ traffic: Traffic, _ down: Set<String>
  ) {
    func isDown(_ name: String) -> Bool {
      down.contains(name) || down.contains(String(name.split(separator: "/")[1]))
    }
    let refs = refs(of: candidate)
    let live = service.names.indices.filter { service.weights[$0] > 0 }
    let up = live.filter { !isDown(service.names[$0]) }
    guard up.count < live.count, !up.isEmpty else { return }
    func hosts(_ members: [Int]) -> Int {
      members.reduce(0) { sum, member in
        sum + max(1, backend(of: refs[member], candidate)?.spec["endpoints"]?.items.count ?? 1)
      }
    }
    let isFlat = lacksPriorities(candidate)
    let groups =
      isFlat
      ? [live] : tiers(service).map { tier in live.filter { service.priorities[$0] == tier } }
    let available = groups.map { group in
      min(100, 140 * hosts(group.filter(up.contains)) / hosts(group))
    }
    let total = min(100, available.reduce(0, +))
    var threshold = 50
    if case .policy(let spec, _) = traffic {
      threshold = spec["healthCheck"]?["panicThreshold"]?.integer ?? 50
    }
    var loads = [Int]()
    func panics(_ group: [Int]) -> Bool {
      total < 100 && 100 * hosts(group.filter(up.contains)) < threshold * hosts(group)
    }
    if groups.allSatisfy(panics) {
      // recalculateLoadInTotalPanic
      let all = groups.map(hosts)
      loads = all.map { 100 * $0 / all.reduce(0, +) }
      loads[0] += 100 - loads.reduce(0, +)
    } else {
      for percent in available {
        loads.append(min(100 - loads.reduce(0, +), percent * 100 / total))
      }
      if let first = available.firstIndex(where: { $0 > 0 }) {
        loads[first] += 100 - loads.reduce(0, +)
      }
    }
    service.shares = service.shares.map { _ in 0 }
    for (group, load) in zip(groups, loads) {
      let healthy = group.filter(up.contains)
      let members = panics(group) ? group : healthy
      let sum = members.reduce(0) { $0 + service.weights[$1] }
      for index in members {
        service.shares[index] = Double(service.weights[index]) / Double(sum) * Double(load) / 100
      }
    }
    service.tries = nil
  }

  /// Whether a request gets to a backend that is up.
  private func isReached(
    _ service: Service, _ candidate: Candidate, _ traffic: Traffic, _ down: Set<String>
  ) -> Bool {
    func isUp(_ index: Int) -> Bool {
      let name = service.names[index]
      let short = name.split(separator: "/").last.map(String.init) ?? ""
      return service.weights[index] > 0 && !down.contains(name) && !down.contains(short)
    }
    let members = service.names.indices
    if lacksPriorities(candidate) { return members.contains(where: isUp) }
    if isChecked(traffic) {
      return members.contains(where: isUp)
    }
    let again: Set = ["5xx", "gateway-error", "reset", "reset-before-request", "connect-failure"]
    let canRetry = service.retry.map { !$0.triggers.isDisjoint(with: again) } ?? false
    let tries = service.tries ?? []
    for priority in canRetry ? tries : Array(tries.prefix(1)) {
      if members.contains(where: { service.priorities[$0] == priority && isUp($0) }) {
        return true
      }
    }
    return false
  }
}
