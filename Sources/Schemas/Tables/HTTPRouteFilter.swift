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
    credentialInjection object # Adds credentials to requests before the backend gets them.
      credential! object # The credentials that are added.
        valueRef! use secretRef \
            # The Secret that holds the whole value of the header in its key credential.
      header text # The header that the credentials are put into; Authorization if left out.
      overwrite bool # Whether a header that is already there is replaced; false if left out.
    directResponse object # Answers requests at the gateway; no backend is called.
      body use customResponseBody
      contentType text # The value of the Content-Type header of the response.
      header use customResponseHeader
      statusCode long # The status code of the response; 200 if left out.
    matches list ..8 # What requests must have besides a match of their rule; any of these suffices.
      - object 1.. # Cookies that requests must have.
        cookies list 1..16 # The cookies that requests must have, all of them.
          - object # A cookie that requests must have.
            name! text 1..256 # The name of the cookie.
            type choice Exact RegularExpression = Exact # How the value of the cookie is compared.
            value! text 1..4096 # The value of the cookie, or a regular expression, as type says.
    urlRewrite object # Changes the host and the path that backends see.
      appendXForwardedHost bool ; since 0.7 \
          # Whether the client's host is added to X-Forwarded-Host; true if left out.
      hostname object ; type ? Header:header ; since next type ? PathRegex:pathRegex \
          # Which Host header backends see; the client's if left out.
        header text # The request header whose value becomes the host, for type Header.
        pathRegex object ; since next \
            # Makes the host from the path of the request, for type PathRegex.
          pattern! text 1.. # The regular expression that is looked for in the path.
          substitution! text 1.. oneLine \
              # What takes the place of a match; a group of it is a backslash with its number.
        type! choice Header Backend ; since next as choice Header Backend PathRegex \
            # Where the host comes from, such as a request header or the DNS name of the backend.
      path object ; type ? ReplaceRegexMatch:replaceRegexMatch \
          # Which path backends see; the client's if left out.
        replaceRegexMatch object # Replaces what a regular expression finds in the path.
          pattern! text 1.. # The regular expression that is looked for in the path.
          substitution! text \
              # What takes the place of a match; a group of it is a backslash with its number.
        type! choice ReplaceRegexMatch # How the path is changed; ReplaceRegexMatch is the only way.
    """
}
