import Schemas
import YAML

extension ResourceIndex {
  /// The invalid settings that a document holds only together with others.
  package func jointSettings(of document: Document) -> [InvalidSetting] {
    switch document.content {
    case .policy(let policy):
      switch policy.kind {
      case .security: userSettings(of: policy) + keySettings(of: policy)
      case .backend:
        limitSettings(of: policy) + bodySettings(of: document)
          + backOffSettings(of: policy, in: document.index)
      case .client, .extensions: []
      }
    case .gateway(let gateway): certificateSettings(of: gateway) + authoritySettings(of: gateway)
    case .httpRoute(let route):
      route.isGenerated ? [] : answerSettings(of: route) + routingSettings(of: route)
    case .other:
      bodySettings(of: document)
        + (mcpRoute(of: document).map { route in
          (route.clientPolicy.map(keySettings) ?? []).map(route.own)
        } ?? [])
    case .route, .grant, .service, .backend, .credentials, .tlsPolicy, .namespace, .installation:
      []
    }
  }

  private func mcpRoute(of document: Document) -> MCPRoute? {
    document.isA(.mcpRoute) ? mcpRoute(document.key) : nil
  }

  /// Local limits of a policy and its parent whose units do not go into each other, which Envoy Gateway
  /// compares in each of the two alone (envoyproxy/gateway v1.8.1,
  /// internal/gatewayapi/backendtrafficpolicy.go; envoyproxy/envoy v1.38.1,
  /// source/extensions/filters/common/local_ratelimit/local_ratelimit_impl.cc).
  private func limitSettings(of policy: Policy) -> [InvalidSetting] {
    guard policy.isMerged(in: release.schemaSet),
      let open = policy.traffic.rateLimits.first(where: { $0.isLocal && $0.isOpen }),
      let length = open.seconds
    else { return [] }
    let limits = ruleNames.flatMap { own in
      places(of: own.attachment).flatMap { place in
        own.names.compactMap { name in
          traffic(
            ofRule: name, of: own.route, gateway: place.gateway, listener: place.listener)
        }
      }
    }.filter { $0.policies.count > 1 && $0.policies[0].policy.key == policy.key }
    for (other, rule) in limits.flatMap(\.rateLimits) where rule.isLocal && other.key != policy.key
    {
      guard let shorter = rule.seconds, shorter % length != 0 else { continue }
      let path = open.path.appending(.to("limit", "unit"))
      let unit = rule.node.given("limit", "unit")?.text ?? ""
      return [
        InvalidSetting(
          path: path, component: .envoy,
          advice:
            "merged with policy \(other.name), which has a local limit by \(unit), the limit for all "
            + "other requests is by \(open.node.given("limit", "unit")?.text ?? ""), of which that is no "
            + "multiple; use \(unit)", replacement: nil)
      ]
    }
    return []
  }

  /// Users that Envoy Gateway takes and Envoy does not (envoyproxy/envoy v1.38.1,
  /// source/extensions/filters/http/basic_auth/config.cc).
  private func userSettings(of policy: Policy) -> [InvalidSetting] {
    guard let ref = policy.spec.given("basicAuth", "users"),
      let (secret, data) = secret(ref, policy.namespace), let entry = data.entry(".htpasswd"),
      entry.refusalOfUsers == nil, let (line, problem) = entry.problemOfUsers
    else { return [] }
    return [
      InvalidSetting(
        path: .to("spec", "basicAuth", "users"), component: .envoy,
        advice: "line \(line) of .htpasswd in Secret \(secret) \(problem)", replacement: nil)
    ]
  }

  /// API keys without a letter, which Envoy Gateway takes and then finds invalid (envoyproxy/gateway
  /// v1.8.1, internal/gatewayapi/securitypolicy.go, internal/xds/translator/api_key_auth.go;
  /// envoyproxy/go-control-plane, envoy/extensions/filters/http/api_key_auth/v3/
  /// api_key_auth.pb.validate.go).
  private func keySettings(of policy: Policy) -> [InvalidSetting] {
    let asked = policy.spec.given("apiKeyAuth")
    guard repeatedKey(of: asked, policy.namespace) == nil else { return [] }
    var clients: Set<String> = []
    for (index, ref) in (asked?.list("credentialRefs") ?? []).enumerated() {
      guard let (secret, data) = secret(ref, policy.namespace) else { continue }
      for entry in data.entries where clients.insert(entry.key).inserted && entry.value == "" {
        return [
          InvalidSetting(
            path: .to("spec", "apiKeyAuth", "credentialRefs", index), component: .envoyGateway,
            advice: "client \(entry.key) has an empty key in Secret \(secret); write one",
            replacement: nil)
        ]
      }
    }
    return []
  }

  /// Certificates that Envoy Gateway takes and Envoy does not (envoyproxy/envoy v1.38.1,
  /// source/common/tls/context_impl.cc).
  private func certificateSettings(of gateway: Gateway) -> [InvalidSetting] {
    gateway.listeners.flatMap { listener in
      gateway.certificates(of: listener).compactMap { use in
        guard let stored = stored("Secret", use.secret), problem(ofCertificate: stored) == nil,
          let problem = stored.problemOfKeyPair
        else { return nil }
        return InvalidSetting(
          path: use.path, component: .envoy, advice: "Secret \(use.secret) \(problem)",
          replacement: nil)
      }
    }
  }

  /// Authorities of clients that Envoy Gateway passes on unread and Envoy does not take, where no
  /// ClientTrafficPolicy names its own (envoyproxy/envoy v1.38.1,
  /// source/common/tls/cert_validator/default_validator.cc).
  private func authoritySettings(of gateway: Gateway) -> [InvalidSetting] {
    var seen: Set<CACertificateRef> = []
    let gateway = gateways[gateway.name]?.gateway ?? gateway
    return gateway.listeners.compactMap { listener in
      let policy = appliedClientTraffic(gateway: gateway.name, listener: listener.name)?.policy
      let refs = authorities(on: listener, of: gateway).filter(\.isSupported)
      guard listener.isReady,
        policy?.spec.given("tls", "clientValidation")?.list("caCertificateRefs").isEmpty ?? true,
        let ref = refs.first, let problem = problem(of: ref),
        refs.allSatisfy({ self.problem(of: $0) != nil }), seen.insert(ref).inserted
      else { return nil }
      return InvalidSetting(
        path: ref.path.appending("name"), component: .envoy,
        advice: "\(ref.kind) \(ref.object.name) \(problem); write certificates in PEM under ca.crt "
          + "there", replacement: nil)
    }
  }

  /// Headers of responses that a rule writes and an HTTPRouteFilter of it, which answers, again
  /// (envoyproxy/gateway v1.8.1, internal/gatewayapi/filters.go, internal/ir/xds.go).
  private func answerSettings(of route: HTTPRoute) -> [InvalidSetting] {
    (route.node["spec"]?.list("rules") ?? []).enumerated().compactMap { number, rule in
      var written: [String] = []
      for (place, filter) in rule.list("filters").enumerated() {
        for name in filter.given("responseHeaderModifier")?.writtenNames ?? []
        where !written.contains(where: { $0.lowercased() == name.lowercased() }) {
          written.append(name)
        }
        guard let key = route.filter(filter),
          let own = routeFilter(key),
          let answer = own.node.given("spec", "directResponse")
        else { continue }
        // What follows an answer is not looked at.
        let names = answer.directResponseHeaders
        guard names.firstRepeated == nil, let twice = (written + names).firstRepeated else {
          return nil
        }
        return InvalidSetting(
          path: .to("spec", "rules", number, "filters", place), component: .envoyGateway,
          advice:
            "header \(twice) stands in an earlier filter of the rule and in the directResponse "
            + "of HTTPRouteFilter \(own.name); write it once", replacement: nil)
      }
      return nil
    }
  }
}

extension Node {
  /// The headers that a filter of Gateway API writes.
  fileprivate var writtenNames: [String] {
    ["add", "set"].flatMap(list).compactMap { $0["name"]?.text }
  }
}

extension StoredData.Entry {
  /// The first line of .htpasswd with which Envoy takes none of it, from 1, and why.
  fileprivate var problemOfUsers: (line: Int, problem: String)? {
    var names: Set<Substring> = []
    let lines = (value ?? "").split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() where !line.isEmpty && line.first != "#" {
      let name = line.prefix { $0 != ":" }
      if line.last?.isWhitespace == true {
        return (index + 1, "ends with a space; leave it out")
      }
      if name.isEmpty { return (index + 1, "has no user; write one before the colon") }
      if !names.insert(name).inserted {
        return (index + 1, "is for a user of an earlier line; keep one of the two")
      }
    }
    return nil
  }
}
