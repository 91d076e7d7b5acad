import YAML

extension Reference {
  /// Whether Envoy Gateway refuses a BackendTrafficPolicy (internal/gatewayapi/
  /// backendtrafficpolicy.go, buildTrafficFeatures).
  func isRefused(traffic spec: Node) -> Bool {
    let most = 4_294_967_295
    for limit in [spec["connection"]?["bufferLimit"], spec["requestBuffer"]?["limit"]] {
      if let bytes = limit?.bytes, bytes < 0 || bytes > most { return true }
    }
    if spec["requestBuffer"] != nil, !(spec["httpUpgrade"]?.items ?? []).isEmpty { return true }
    for direction in ["request", "response"] {
      guard let limit = spec["bandwidthLimit"]?[direction]?["limit"] else { continue }
      let seconds = ["Minute": 60, "Hour": 3600][limit["unit"]?.text ?? ""] ?? 1
      if (limit["value"]?.bytes ?? 0) / (seconds * 1024) == 0 { return true }
    }
    if let size = spec["loadBalancer"]?["consistentHash"]?["tableSize"]?.integer {
      if size > 5_000_011 || !isPrime(size) { return true }
    }
    if areWindowsOff(spec["http2"]) { return true }
    let backOff = spec["retry"]?["perRetry"]?["backOff"]
    let base = backOff?["baseInterval"]?.milliseconds
    let longest = backOff?["maxInterval"]?.milliseconds
    if base == 0 || longest == 0 { return true }
    if let base, let longest, longest < base { return true }
    return isRefused(rateLimit: spec["rateLimit"])
  }

  private func isPrime(_ number: Int) -> Bool {
    guard number > 1 else { return false }
    return !(2..<number).prefix { $0 * $0 <= number }.contains { number % $0 == 0 }
  }

  private func areWindowsOff(_ http2: Node?) -> Bool {
    for name in ["initialStreamWindowSize", "initialConnectionWindowSize"] {
      if let bytes = http2?[name]?.bytes, bytes < 65535 || bytes > 2_147_483_647 { return true }
    }
    return false
  }

  private func isRefused(rateLimit: Node?) -> Bool {
    guard let rateLimit else { return false }
    let type = rateLimit["type"]?.text
    if type == "Global", rateLimit["global"] == nil { return true }
    if type == "Local", rateLimit["local"] == nil { return true }
    if type != "Global", let local = rateLimit["local"], isRefused(local: local) { return true }
    if type != "Local" {
      for rule in rateLimit["global"]?["rules"]?.items ?? [] where isRefused(rule: rule) {
        return true
      }
    }
    return false
  }

  private func isRefused(local: Node) -> Bool {
    let rules = local["rules"]?.items ?? []
    let open = rules.filter { ($0["clientSelectors"]?.items ?? []).isEmpty }
    if open.count > 1 { return true }
    func seconds(_ rule: Node) -> Int {
      let units = [
        "Second": 1, "Minute": 60, "Hour": 3600, "Day": 86_400, "Month": 2_592_000,
        "Year": 31_536_000,
      ]
      return units[rule["limit"]?["unit"]?.text ?? ""] ?? 1
    }
    let step = open.first.map(seconds) ?? 1
    if rules.contains(where: { seconds($0) % step != 0 }) { return true }
    return rules.contains { isRefused(rule: $0) }
  }

  private func isRefused(rule: Node) -> Bool {
    for selector in rule["clientSelectors"]?.items ?? [] {
      for header in selector["headers"]?.items ?? [] {
        let (type, value) = (header["type"]?.text ?? "Exact", header["value"]?.scalar?.text)
        switch type {
        case "Distinct":
          if value != nil || header["invert"]?.bool == true { return true }
        case "RegularExpression":
          if value?.contains("(?!") != false { return true }
        default: if value == nil { return true }
        }
      }
      if let cidr = selector["sourceCIDR"]?["value"]?.text, !cidr.contains("/") { return true }
    }
    return false
  }

  /// Whether Envoy Gateway refuses a ClientTrafficPolicy at a listener (internal/gatewayapi/
  /// clienttrafficpolicy.go, translateClientTrafficPolicyForListener).
  func isRefused(client spec: Node, at door: Door) -> Bool {
    if let bytes = spec["connection"]?["bufferLimit"]?.bytes,
      bytes < 0 || bytes > 4_294_967_295
    {
      return true
    }
    if areWindowsOff(spec["http2"]) { return true }
    for name in ["earlyRequestHeaders", "lateResponseHeaders"] {
      guard let headers = spec["headers"]?[name] else { continue }
      let lists = ["add", "set", "addIfAbsent", "remove", "removeOnMatch"]
      if lists.allSatisfy({ (headers[$0]?.items ?? []).isEmpty }) { return true }
    }
    if door.protocolName == "HTTPS" {
      for cipher in (spec["tls"]?["ciphers"]?.items ?? []).compactMap(\.text)
      where !["ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384"].contains(cipher) {
        return true
      }
    }
    if spec["http1"]?["http10"]?["useDefaultHost"]?.bool == true {
      return !hasDefaultHost(door)
    }
    return false
  }

  /// A host name without a wildcard, of the listener or else of one route alone.
  private func hasDefaultHost(_ door: Door) -> Bool {
    if !door.hostname.isEmpty, !door.hostname.contains("*") { return true }
    // It counts what becomes of a route, which is one for each match and host name.
    var routes = 0
    for attachment in attachments(to: door) {
      for host in attachment.hosts where !host.contains("*") {
        routes += candidates(of: attachment.path, at: door).count
      }
    }
    return routes == 1
  }
}
