package import Schemas
package import YAML

extension Policy {
  /// The invalid settings of the policy.
  package var invalidSettings: [InvalidSetting] {
    var settings = InvalidSettingCollector(of: node)
    let spec = Path.to("spec")
    switch kind {
    case .client:
      settings.checkKeepalive(in: spec)
      settings.checkSocketOptions(in: spec.appending("tcpKeepalive"))
      let validation = spec.appending(.to("tls", "clientValidation"))
      settings.checkClientSettings(in: validation)
      settings.checkAlternativeNames(in: validation.appending("subjectAltNames"))
      settings.checkNamesOfTLS(in: spec.appending("tls"), hasCiphers: false)
      settings.checkNetworks(
        in: spec.appending(.to("clientIPDetection", "xForwardedFor", "trustedCIDRs")))
      settings.checkMatchExpressions(in: spec.appending(.to("http1", "ignoredUpgradeTypes")))
      for part in ["earlyRequestHeaders", "lateResponseHeaders"] {
        let place = spec.appending(.to("headers", part))
        settings.checkMatchExpressions(in: place.appending("removeOnMatch"))
        settings.checkHeaderChanges(in: place)
      }
    case .backend:
      settings.checkClusterSettings(in: spec)
      settings.checkTrafficSettings(in: spec)
    case .security: settings.checkSecuritySettings(in: spec)
    case .extensions:
      for index in self.spec.list("extProc").indices {
        settings.checkDuration(
          at: spec.appending(.to("extProc", index, "messageTimeout")), 0...3_600_000)
      }
    }
    settings.checkUnsigned()
    for path in node.paths(to: "backendSettings") {
      settings.checkClusterSettings(in: path)
      settings.checkServiceBackOff(in: path)
    }
    for path in node.paths(to: "backendRefs") { settings.checkWeights(in: path) }
    return settings.found
  }
}

extension Backend {
  /// The invalid settings of a Backend with some endpoints.
  static func invalidSettings(of node: Node, _ endpoints: [Endpoint]) -> [InvalidSetting] {
    var settings = InvalidSettingCollector(of: node)
    for endpoint in endpoints where endpoint.port == 0 {
      settings.add(endpoint.path, "0 is not a port; write the server's port")
    }
    settings.checkNamesOfTLS(in: .to("spec", "tls"), hasCiphers: true)
    return settings.found
  }
}

extension AIGatewayRoute {
  /// The invalid settings of the route: costs that cannot be computed.
  package var invalidSettings: [InvalidSetting] {
    var settings = InvalidSettingCollector(of: node)
    settings.checkCosts(in: .to("spec", "llmRequestCosts"))
    return settings.found
  }
}

extension HTTPRoute {
  /// The invalid settings of the route: AI Gateway takes one InferencePool in a rule
  /// (envoyproxy/ai-gateway v1.1.0, internal/extensionserver/post_cluster_modify.go).
  package var invalidSettings: [InvalidSetting] {
    guard !isGenerated else { return [] }
    var settings = InvalidSettingCollector(of: node)
    let rules = Dictionary(grouping: backends.filter { $0.target == .inferencePool }) {
      $0.path.parent
    }
    for (path, pools) in rules.sorted(by: { $0.key.description < $1.key.description })
    where pools.count > 1 {
      settings.add(path, "name one InferencePool in a rule", component: .extensionServer)
    }
    for (index, rule) in (node["spec"]?.list("rules") ?? []).enumerated() {
      let path = Path.to("spec", "rules", index)
      settings.checkDuration(at: path.appending(.to("retry", "backoff")))
      let owners =
        [path] + rule.list("backendRefs").indices.map { path.appending(.to("backendRefs", $0)) }
      for owner in owners {
        for place in (node[owner]?.list("filters") ?? []).indices {
          for key in ["requestHeaderModifier", "responseHeaderModifier"] {
            settings.checkHeaderChanges(in: owner.appending(.to("filters", place, key)))
          }
        }
      }
    }
    return settings.found
  }
}

extension MCPRoute {
  /// The invalid settings of the route: expressions that cannot be read.
  package var invalidSettings: [InvalidSetting] {
    var settings = InvalidSettingCollector(of: node)
    for server in servers {
      for field in ["includeRegex", "excludeRegex"] {
        settings.checkToolExpressions(in: server.path.appending(.to("toolSelector", field)))
      }
    }
    for (path, text) in rulesInCEL {
      guard case .unreadable(let problem) = ToolExpression.problem(in: text) else { continue }
      settings.add(path, "the expression cannot be read: \(problem)", component: .mcpProxy)
    }
    return settings.found
  }

  /// Regular expressions for headers of requests that cannot be read, for which Envoy Gateway drops
  /// the rule (envoyproxy/gateway v1.8.1, internal/gatewayapi/route.go).
  package var unreadableHeaders: [(path: Path, problem: String)] {
    spec.list("headers").enumerated().compactMap { index, header in
      header.unreadableExpression.map { (.to("spec", "headers", index, "value"), $0) }
    }
  }

  /// The invalid settings of what AI Gateway writes for it: what clients are told about tokens, the
  /// addresses of its servers, which Envoy Gateway writes into replacements,
  /// and headers for keys (envoyproxy/gateway v1.8.1, internal/xds/translator/route.go,
  /// credentialInjector.go).
  package func writtenSettings(in release: Release) -> [InvalidSetting] {
    var settings = InvalidSettingCollector(of: node)
    settings.checkMetadata(in: .to("spec", "securityPolicy", "oauth"), for: release)
    for server in servers {
      settings.checkSingleLine(at: server.path.appending("path"))
      if server.apiKey?.given("queryParam") == nil {
        settings.checkCommandOperators(at: server.apiKeyPath.appending("inline"))
      }
      // A key from a Secret is written by an HTTPRouteFilter.
      if server.apiKey?.given("secretRef") != nil {
        settings.checkHeaderName(at: server.apiKeyPath.appending("header"))
      }
      guard server.apiKey?.given("queryParam") != nil else { continue }
      for field in ["queryParam", "inline"] {
        settings.checkSingleLine(at: server.apiKeyPath.appending(field))
      }
    }
    return settings.found
  }

  /// The invalid settings of the SecurityPolicy that AI Gateway generates for the route.
  package var policySettings: [InvalidSetting] {
    (clientPolicy?.invalidSettings ?? []).map(own)
  }

  /// A setting of that SecurityPolicy, at its place in the route.
  func own(_ setting: InvalidSetting) -> InvalidSetting {
    InvalidSetting(
      path: source(of: setting.path), component: setting.component, advice: setting.advice,
      replacement: setting.replacement)
  }

  /// The expressions by which clients are let in or shown servers, each with its place.
  package var rulesInCEL: [(path: Path, text: String)] {
    [
      Path.to("spec", "securityPolicy", "authorization", "rules"),
      .to("spec", "backendSelector", "rules"),
    ].flatMap { list in
      (node[list]?.items ?? []).enumerated().compactMap { place, rule in
        rule.given("cel")?.text.map { (list.appending(place).appending("cel"), $0) }
      }
    }
  }
}

extension Document {
  /// The invalid settings of a GatewayConfig, HTTPRouteFilter, QuotaPolicy or EnvoyProxy, or of what
  /// AI Gateway generates for an MCPRoute.
  package func invalidSettings(in release: Release) -> [InvalidSetting] {
    if isA(.mcpRoute) {
      let route = MCPRoute(self)
      return route.writtenSettings(in: release) + route.policySettings
    }
    var settings = InvalidSettingCollector(of: node)
    if isA(.gatewayConfig) {
      settings.checkCosts(in: .to("spec", "globalLLMRequestCosts"))
      settings.checkForwardProxy(at: .to("spec", "forwardProxy", "address"))
    } else if isA(.httpRouteFilter) {
      settings.checkRouteFilter(in: .to("spec"), for: release)
    } else if isA(.quotaPolicy) {
      settings.checkQuotas(in: .to("spec", "perModelQuotas"))
    } else if isA(.envoyProxy) {
      settings.checkProxySettings(in: .to("spec"))
      settings.checkUnsigned()
    }
    return settings.found
  }
}
