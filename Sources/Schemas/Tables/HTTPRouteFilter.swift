import YAML

extension ResourceKind {
  /// What Envoy Gateway does to requests of a route beyond Gateway API (envoyproxy/gateway v1.8.1,
  /// CRD httproutefilters).
  package static let httpRouteFilter = ResourceKind(
    group: "gateway.envoyproxy.io", kind: "HTTPRouteFilter",
    versions: [Version("v1alpha1", isStored: true)],
    help: "Rewrites, answers or credentials for the rules of an HTTPRoute that name it.",
    spec: Property(
      "spec", .object(SchemaTable.object(httpRouteFilterFacts, parts: SchemaTable.envoyGateway)),
      isRequired: true,
      help: "What is done to a request.", source: Citation.envoyGatewayCRD("httproutefilters")))

  private static let httpRouteFilterFacts = """
    credentialInjection object
      credential! object
        valueRef! use secretRef
      header text
      overwrite bool
    directResponse object
      body use customResponseBody
      contentType text
      header use customResponseHeader
      statusCode long
    matches list ..8
      - object 1..
        cookies list 1..16
          - object
            name! text 1..256
            type choice Exact RegularExpression = Exact
            value! text 1..4096
    urlRewrite object
      appendXForwardedHost bool ; since 0.7
      hostname object ; type ? Header:header ; since next type ? PathRegex:pathRegex
        header text
        pathRegex object ; since next
          pattern! text 1..
          substitution! text 1.. oneLine
        type! choice Header Backend ; since next as choice Header Backend PathRegex
      path object ; type ? ReplaceRegexMatch:replaceRegexMatch
        replaceRegexMatch object
          pattern! text 1..
          substitution! text
        type! choice ReplaceRegexMatch
    """
}
