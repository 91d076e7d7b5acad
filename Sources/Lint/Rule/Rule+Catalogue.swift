import Resources

extension Rule {
  /// The rules by what they look at, so that each part is shown only to those it concerns.
  enum Catalogue {
    private typealias Entry<Part> = (rule: Rule, check: @Sendable (Part, inout Report) -> Void)

    private static let document = entries {
      if case .document(let check) = $0 { check } else { nil }
    }
    private static let route = entries { if case .route(let check) = $0 { check } else { nil } }
    private static let routeRule = entries {
      if case .routeRule(let check) = $0 { check } else { nil }
    }
    private static let policy = entries { if case .policy(let check) = $0 { check } else { nil } }
    private static let grant = entries { if case .grant(let check) = $0 { check } else { nil } }
    private static let service = entries { if case .service(let check) = $0 { check } else { nil } }
    private static let bundle = entries { if case .bundle(let check) = $0 { check } else { nil } }

    private static func entries<Part>(
      _ check: (Check) -> (@Sendable (Part, inout Report) -> Void)?
    ) -> [Entry<Part>] {
      Rule.all.compactMap { rule in check(rule.check).map { (rule, $0) } }
    }

    private static func run<Part>(_ entries: [Entry<Part>], on part: Part, _ report: inout Report) {
      for (rule, check) in entries {
        report.rule = rule
        check(part, &report)
      }
    }

    static func run(on document: Document, _ report: inout Report) {
      run(Catalogue.document, on: document, &report)
      switch document.content {
      case .route(let route): run(Catalogue.route, on: route, &report)
      case .policy(let policy): run(Catalogue.policy, on: policy, &report)
      case .grant(let grant): run(Catalogue.grant, on: grant, &report)
      case .service(let service): run(Catalogue.service, on: service, &report)
      case .backend, .gateway, .credentials, .tlsPolicy, .httpRoute, .namespace, .installation,
        .other:
        break
      }
    }

    static func run(on rule: RouteRule, _ report: inout Report) {
      run(routeRule, on: rule, &report)
    }

    static func run(on bundle: ResourceIndex, _ report: inout Report) {
      run(Catalogue.bundle, on: bundle, &report)
    }
  }
}
