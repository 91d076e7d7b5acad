import Schemas
import YAML
import Testing

/// One accepted and several refused values for each field of which the server asks more than type,
/// bounds and form.
@Suite struct ConditionTests {
  struct Example: CustomTestStringConvertible, Sendable {
    let kind: String
    /// The field, without indices.
    let field: String
    let accepted: String
    let refused: [String]
    /// By whose schemas.
    var schemaSet = SchemaSet.v1_1

    var testDescription: String { "\(kind) \(field)" }

    init(_ kind: String, _ field: String, _ accepted: String, _ refused: String...) {
      self.kind = kind
      self.field = field
      self.accepted = accepted
      self.refused = refused
    }

    func `in`(_ schemaSet: SchemaSet) -> Example {
      var example = self
      example.schemaSet = schemaSet
      return example
    }

    fileprivate func isAbout(_ path: Path) -> Bool {
      if field.isEmpty { return path.isRoot }
      let steps = path.steps.compactMap { if case .key(let key) = $0 { key } else { nil } }
      let isItem = if case .index? = path.last { "[]" } else { "" }
      return (steps.joined(separator: ".") + isItem).hasSuffix(field)
    }
  }

  private static let filter = "{type: ExtensionRef, extensionRef: {group: a, kind: A, name: a}}"
  private static let rewrite =
    "{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /a}}}"
  private static let redirect =
    "{type: RequestRedirect, requestRedirect: "
    + "{path: {type: ReplacePrefixMatch, replacePrefixMatch: /a}}}"

  static let examples: [Example] =
    anyKind + policies + backends + gateways + routes + credentials + gateway + security + older
    + newer + extensions

  private static let anyKind = [
    Example(
      "AIGatewayRoute", "metadata", "{generateName: a-}", "{generateName: A}",
      "{generateName: '-'}", "{generateName: a.}"),
    Example(
      "AIGatewayRoute", "annotations", "{a: b}",
      "{a: \(String(repeating: "b", count: 262_144))}"),
    Example(
      "AIGatewayRoute", "finalizers", "[a.b/c, orphan]", "[a b]", "[5]",
      "[orphan, foregroundDeletion]"),
    Example(
      "AIGatewayRoute", "ownerReferences[]", "{apiVersion: v1, kind: A, name: a, uid: b}",
      "{apiVersion: v1, kind: A, name: a}", "{apiVersion: v1, kind: A, name: a, uid: ''}",
      "{apiVersion: a/b/c, kind: A, name: a, uid: b}",
      "{apiVersion: v1, kind: Event, name: a, uid: b}"),
    Example(
      "AIGatewayRoute", "ownerReferences", "[{controller: true}, {controller: false}]",
      "[{controller: true}, {controller: true}]"),
  ]

  private static let policies = [
    Example(
      "ClientTrafficPolicy", "clientIPDetection", "{customHeader: {name: a}}",
      "{customHeader: {name: a}, xForwardedFor: {numTrustedHops: 1}}"),
    Example(
      "ClientTrafficPolicy", "xForwardedFor", "{numTrustedHops: 1}", "{}",
      "{numTrustedHops: 1, trustedCIDRs: [10.0.0.0/8]}"),
    Example(
      "ClientTrafficPolicy", "spec.headers", "{requestID: Preserve}",
      "{requestID: Preserve, preserveXRequestID: true}"),
    Example(
      "ClientTrafficPolicy", "xForwardedClientCert",
      "{mode: SanitizeSet, certDetailsToAdd: [Subject]}", "{certDetailsToAdd: [Subject]}",
      "{mode: Sanitize, certDetailsToAdd: [Subject]}"),
    Example(
      "ClientTrafficPolicy", "connectionKeepalive", "{timeout: 1s, interval: 2s}",
      "{timeout: 2s, interval: 2s}", "{timeout: '1', interval: 2s}"),
    Example(
      "ClientTrafficPolicy", "tls", "{minVersion: '1.2', ciphers: [a]}",
      "{minVersion: '1.3', ciphers: [a]}", "{minVersion: '1.3', maxVersion: '1.2'}",
      "{maxVersion: '1.1'}"),
    Example(
      "BackendTrafficPolicy", "spec",
      "{admissionControl: {}, targetRefs: [{group: a, kind: HTTPRoute, name: a}]}",
      "{admissionControl: {}, targetRefs: [{group: a, kind: TCPRoute, name: a}]}",
      "{admissionControl: {}, targetRef: {group: a, kind: TCPRoute, name: a}}",
      "{admissionControl: {}, targetSelectors: [{kind: TCPRoute}]}",
      "{connection: {preconnect: {predictivePercent: 100}}}"),
    Example(
      "BackendTrafficPolicy", "admissionControl", "{samplingWindow: 1s, minSuccessRate: 5}",
      "{samplingWindow: 999ms}", "{minSuccessRate: 0}", "{minSuccessRate: 101}",
      "{maxRejectionPercent: -1}", "{maxRejectionPercent: 101}"),
    Example("BackendTrafficPolicy", "bandwidthLimit", "{request: {}}", "{}"),
    Example(
      "BackendTrafficPolicy", "percent", "{numerator: 100}", "{numerator: 101}",
      "{numerator: 2, denominator: 1}"),
    Example("BackendTrafficPolicy", "samplingFraction", "{numerator: 1}", "{numerator: 101}"),
    Example(
      "BackendTrafficPolicy", "connectionKeepalive", "{timeout: 1s, interval: 2s}",
      "{timeout: 2s, interval: 1s}"),
    Example("BackendTrafficPolicy", "faultInjection", "{delay: {fixedDelay: 1s}}", "{}"),
    Example(
      "BackendTrafficPolicy", "abort", "{httpStatus: 500}", "{}",
      "{httpStatus: 500, grpcStatus: 1}"),
    Example(
      "BackendTrafficPolicy", "active", "{type: TCP, tcp: {}}", "{type: TCP}",
      "{type: HTTP}", "{type: GRPC, http: {path: /}}", "{type: GRPC, tcp: {}}",
      "{type: TCP, tcp: {}, grpc: {}}"),
    Example(
      "BackendTrafficPolicy", "expectedResponse", "{type: Text, text: a}", "{type: Text}",
      "{type: Binary}", "{type: Binary, binary: [a]}", "{type: Binary, binary: []}",
      "{type: Text, text: a, binary: YQ==}",
      "{type: Binary, text: a, binary: YQ==}"),
    Example(
      "BackendTrafficPolicy", "receive", "{type: Text, text: a}", "{type: Text}", "{type: Binary}",
      "{type: Text, binary: YQ==}", "{type: Binary, text: a}", "{type: Binary, binary: [a]}"),
    Example(
      "BackendTrafficPolicy", "send", "{type: Text, text: a}", "{type: Text}", "{type: Binary}",
      "{type: Text, binary: YQ==}", "{type: Binary, text: a}", "{type: Binary, binary: [a]}"),
    Example(
      "BackendTrafficPolicy", "httpUpgrade[]", "{type: CONNECT, connect: {}}",
      "{type: websocket, connect: {}}"),
    Example(
      "BackendTrafficPolicy", "loadBalancer", "{type: RoundRobin, slowStart: {window: 1s}}",
      "{type: ConsistentHash}", "{type: Random, consistentHash: {type: SourceIP}}",
      "{type: BackendUtilization}", "{type: Random, backendUtilization: {}}",
      "{type: DynamicModule}",
      "{type: Random, dynamicModule: {name: a, lbPolicyName: a}}",
      "{type: Random, slowStart: {window: 1s}}",
      "{type: BackendUtilization, backendUtilization: {}, zoneAware: {preferLocal: {}}}",
      "{type: DynamicModule, dynamicModule: {name: a, lbPolicyName: a}, zoneAware: {}}",
      "{type: DynamicModule, dynamicModule: {name: a, lbPolicyName: a}, endpointOverride: {}}",
      "{type: Random, zoneAware: {preferLocal: {}, weightedZones: []}}"),
    Example(
      "BackendTrafficPolicy", "consistentHash", "{type: SourceIP}", "{type: Header}",
      "{type: Headers}", "{type: Cookie}", "{type: QueryParams}",
      "{type: SourceIP, header: {name: a}}", "{type: SourceIP, headers: []}",
      "{type: SourceIP, cookie: {name: a}}", "{type: SourceIP, queryParams: []}"),
    Example("BackendTrafficPolicy", "clientSelectors[]", "{methods: []}", "{}"),
    Example(
      "BackendTrafficPolicy", "request", "{from: Number, number: 0}",
      "{from: Number, number: 0, metadata: {key: a, namespace: b}}"),
    Example(
      "BackendTrafficPolicy", "response", "{from: Number, number: 0}",
      "{from: Number, number: 0, metadata: {key: a, namespace: b}}"),
    Example(
      "BackendTrafficPolicy", "local.rules", "[{cost: {}}]",
      "[{cost: {response: {from: Number}}}]"),
    Example(
      "BackendTrafficPolicy", "responseOverride[]", "{redirect: {}}", "{}",
      "{redirect: {}, response: {}}"),
    Example(
      "BackendTrafficPolicy", "statusCodes[]", "{value: 404}", "{type: Value}", "{type: Range}"),
    Example(
      "BackendTrafficPolicy", "range", "{start: 1, end: 2}", "{start: 2, end: 2}",
      "{start: 3, end: 2}"),
    Example(
      "BackendTrafficPolicy", "redirect.path", "{type: ReplaceFullPath, replaceFullPath: /}",
      "{type: ReplaceFullPath}", "{type: ReplaceFullPath, replacePrefixMatch: /}",
      "{type: ReplacePrefixMatch, replacePrefixMatch: /}",
      "{type: ReplacePrefixMatch, replaceFullPath: /}"),
    Example(
      "BackendTrafficPolicy", "body", "{inline: a}", "{}", "{type: ValueRef}",
      "{inline: a, valueRef: {group: '', kind: Secret, name: a}}"),
    Example("BackendTrafficPolicy", "response.header", "{remove: []}", "{remove: [a]}"),
  ]

  private static let backends = [
    Example(
      "AIServiceBackend", "backendRef", "{group: gateway.envoyproxy.io, kind: Backend, name: a}",
      "{name: a, port: 80}", "{name: a}", "{kind: Backend, name: a}"),
    Example(
      "Backend", "spec", "{type: DynamicResolver}", "{type: DynamicResolver, endpoints: []}"),
    Example("Backend", "endpoints", "[{fqdn: {}}, {fqdn: {}}]", "[{fqdn: {}}, {ip: {}}]"),
    Example(
      "Backend", "endpoints[]", "{ip: {}}", "{}", "{ip: {}, fqdn: {}}", "{ip: {}, unix: {}}",
      "{fqdn: {}, unix: {}}"),
    Example(
      "Backend", "unix.path", String(repeating: "a", count: 108),
      String(repeating: "a", count: 109)),
    Example(
      "Backend", "tls", "{wellKnownCACertificates: System}",
      "{wellKnownCACertificates: System, caCertificateRefs: [{}]}",
      "{wellKnownCACertificates: System, insecureSkipVerify: true}",
      "{caCertificateRefs: [{}], insecureSkipVerify: true}", "{minVersion: '1.3', ciphers: []}",
      "{maxVersion: '1.0'}"),
    Example(
      "BackendTLSPolicy", "targetRefs", "[{name: a}, {name: b}]", "[{name: a}, {name: a}]",
      "[{name: a}, {name: a, sectionName: b}]",
      "[{name: a, sectionName: b}, {name: a, sectionName: b}]"),
    Example(
      "BackendTLSPolicy", "validation", "{wellKnownCACertificates: System}", "{}",
      "{wellKnownCACertificates: System, caCertificateRefs: [{}]}"),
    Example(
      "BackendTLSPolicy", "subjectAltNames[]", "{type: URI, uri: a}", "{type: URI}",
      "{type: Hostname}", "{type: URI, uri: a, hostname: a}",
      "{type: Hostname, hostname: a, uri: a}"),
    Example("InferencePool", "endpointPickerRef", "{kind: A}", "{}", "{kind: Service}"),
    Example(
      "HTTPRouteFilter", "body", "{inline: a}", "{}", "{type: ValueRef}",
      "{inline: a, valueRef: {group: '', kind: Secret, name: a}}"),
    Example("HTTPRouteFilter", "header", "{set: []}", "{remove: [a]}"),
    Example("HTTPRouteFilter", "matches[]", "{cookies: []}", "{}", "{cookies: null}"),
    Example(
      "HTTPRouteFilter", "urlRewrite.hostname", "{type: Backend}", "{type: Header}",
      "{type: Backend, header: a}"),
    Example(
      "HTTPRouteFilter", "urlRewrite.path", "{}", "{type: ReplaceRegexMatch}",
      "{type: Other, replaceRegexMatch: {}}"),
  ]

  private static let gateways = [
    Example(
      "Gateway", "spec.addresses", "[{value: a}, {value: b}]", "[{value: a}, {value: a}]",
      "[{type: Hostname, value: a}, {type: Hostname, value: a}]"),
    Example(
      "Gateway", "spec.addresses[]", "{value: 10.0.0.1}", "{value: a}",
      "{type: Hostname, value: A}"),
    Example(
      "Gateway", "infrastructure.annotations", "{a.b/c: d}", "{a b: c}", "{A/b: c}",
      "{\(String(repeating: "a", count: 253))/b: c}"),
    Example(
      "Gateway", "infrastructure.labels", "{a.b/c: d}", "{a b: c}",
      "{\(String(repeating: "a", count: 253))/b: c}"),
    Example(
      "Gateway", "spec.listeners",
      "[{name: a, port: 80, protocol: HTTP}, {name: b, port: 443, protocol: HTTPS, tls: {}}]",
      "[{name: a, port: 80, protocol: HTTP, tls: {}}]",
      "[{name: a, port: 80, protocol: HTTPS, tls: {mode: Passthrough}}]",
      "[{name: a, port: 80, protocol: TLS}]",
      "[{name: a, port: 80, protocol: TCP, hostname: a}]",
      "[{name: a, port: 80, protocol: HTTP}, {name: a, port: 81, protocol: HTTP}]",
      "[{name: a, port: 80, protocol: HTTP}, {name: b, port: 80, protocol: HTTP}]"),
    Example(
      "Gateway", "listeners.tls", "{certificateRefs: [{}]}", "{}", "{certificateRefs: []}"),
    Example("Gateway", "perPort", "[{port: 1}, {port: 2}]", "[{port: 1}, {port: 1}]"),
  ]

  private static let routes = [
    Example(
      "HTTPRoute", "spec.parentRefs", "[{name: a, port: 1}, {name: a, port: 2}]",
      "[{name: a}, {name: a}]", "[{name: a}, {name: a, sectionName: b}]",
      "[{name: a, sectionName: b}, {name: a, sectionName: b, group: gateway.networking.k8s.io}]"),
    Example(
      "HTTPRoute", "spec.rules", "[{name: a}, {name: b}, {}]", "[{name: a}, {name: a}]",
      "[\(matches(64)), \(matches(64)), {}]"),
    Example(
      "HTTPRoute", "spec.rules[]", "{filters: [\(rewrite)]}",
      "{filters: [{type: RequestRedirect, requestRedirect: {}}], backendRefs: [{name: a, port: 1}]}",
      "{filters: [\(rewrite)], matches: []}",
      "{filters: [\(redirect)], matches: [{path: {type: Exact}}]}",
      "{backendRefs: [{name: a, filters: [\(rewrite)]}], matches: [{}, {}]}",
      "{backendRefs: [{name: a, filters: [\(redirect)]}], matches: [{}, {}]}"),
    Example("HTTPRoute", "rules.backendRefs[]", "{name: a, port: 80}", "{name: a}"),
    Example("HTTPRoute", "backendRef", "{name: a, port: 80}", "{name: a}"),
    Example(
      "HTTPRoute", "matches.path", "{value: /v1}", "{value: v1}", "{value: /a//b}",
      "{value: /./a}", "{value: /../a}", "{value: /%2f}", "{value: /%2F}", "{value: '/#'}",
      "{value: /a/..}", "{value: /a/.}", "{value: /é}", "{type: Exact, value: ''}"),
    Example(
      "HTTPRoute", "sessionPersistence", "{cookieConfig: {}}",
      "{cookieConfig: {lifetimeType: Permanent}}", "{type: Header, cookieConfig: {}}"),
    Example(
      "HTTPRoute", "timeouts", "{request: 60s, backendRequest: 60s}",
      "{request: 60s, backendRequest: 61s}", "{request: 1d, backendRequest: 1s}"),
    Example(
      "HTTPRoute", "filters", "[\(filter), \(filter)]", "[\(rewrite), \(redirect)]",
      "[\(rewrite), \(rewrite)]", "[{type: CORS}, {type: CORS}]",
      "[{type: RequestHeaderModifier}, {type: RequestHeaderModifier}]",
      "[{type: ResponseHeaderModifier}, {type: ResponseHeaderModifier}]",
      "[{type: RequestRedirect}, {type: RequestRedirect}]"),
    Example(
      "HTTPRoute", "filters[]", filter, "{type: ExtensionRef}", "{type: CORS}",
      "{type: RequestHeaderModifier}", "{type: ResponseHeaderModifier}", "{type: RequestMirror}",
      "{type: RequestRedirect}", "{type: URLRewrite}", "{type: ExternalAuth}",
      "{type: CORS, cors: {}, extensionRef: {group: a, kind: A, name: a}}",
      "{type: CORS, cors: {}, urlRewrite: {}}", "{type: CORS, cors: {}, requestRedirect: {}}",
      "{type: CORS, cors: {}, requestHeaderModifier: {}}",
      "{type: CORS, cors: {}, responseHeaderModifier: {}}",
      "{type: CORS, cors: {}, requestMirror: {}}", "{type: CORS, cors: {}, externalAuth: {}}",
      "{type: URLRewrite, cors: {}, urlRewrite: {}}"),
    Example("HTTPRoute", "allowHeaders", "['*']", "['*', a]"),
    Example("HTTPRoute", "allowMethods", "['*']", "['*', GET]"),
    Example("HTTPRoute", "allowOrigins", "['*']", "['*', 'https://a']"),
    Example(
      "HTTPRoute", "externalAuth", "{protocol: HTTP, http: {}}", "{protocol: HTTP}",
      "{protocol: GRPC}", "{protocol: HTTP, http: {}, grpc: {}}",
      "{protocol: GRPC, http: {}, grpc: {}}"),
    Example("HTTPRoute", "requestMirror", "{percent: 5}", "{percent: 5, fraction: {}}"),
    Example("HTTPRoute", "fraction", "{numerator: 5}", "{numerator: 101}"),
    Example(
      "HTTPRoute", "requestRedirect.path", "{type: ReplaceFullPath, replaceFullPath: /}",
      "{type: ReplaceFullPath}", "{type: ReplacePrefixMatch}",
      "{type: ReplaceFullPath, replacePrefixMatch: /, replaceFullPath: /}",
      "{type: ReplacePrefixMatch, replacePrefixMatch: /, replaceFullPath: /}"),
    Example(
      "HTTPRoute", "urlRewrite.path", "{type: ReplaceFullPath, replaceFullPath: /}",
      "{type: ReplaceFullPath}", "{type: ReplacePrefixMatch}",
      "{type: ReplaceFullPath, replacePrefixMatch: /, replaceFullPath: /}",
      "{type: ReplacePrefixMatch, replacePrefixMatch: /, replaceFullPath: /}"),
  ]

  private static let credentials = [
    Example(
      "BackendSecurityPolicy", "", "{apiVersion: a/v1beta1, spec: {a: 1, b: 1, c: 1, d: 1}}",
      "{apiVersion: a/v1beta1, spec: {a: 1, b: 1, c: 1, d: 1, e: 1}}",
      "{apiVersion: a/v1alpha1, spec: {a: 1, b: 1, c: 1, d: 1}}",
      "{apiVersion: a/v1alpha1, spec: {credentialOverride: {}}}",
      "{apiVersion: a/v1alpha1, spec: {gcpCredentials: {}}}"),
    Example(
      "BackendSecurityPolicy", "spec", "{type: APIKey, apiKey: {}}", "{type: APIKey}",
      "{type: APIKey, apiKey: {}, awsCredentials: {}}", "{type: AWSCredentials, apiKey: {}}",
      "{type: AzureAPIKey}", "{type: AzureCredentials}", "{type: GCPCredentials}",
      "{type: AnthropicAPIKey, anthropicAPIKey: {}, gcpCredentials: {}}"),
    Example(
      "BackendSecurityPolicy", "azureCredentials", "{clientSecretRef: {}}", "{}",
      "{clientSecretRef: {}, oidcExchangeToken: {}}"),
    Example(
      "BackendSecurityPolicy", "gcpCredentials", "{}",
      "{credentialsFile: {}, workloadIdentityFederationConfig: {}}"),
    Example(
      "BackendSecurityPolicy", "credentialOverride", "{fromRequestHeaders: {}}", "{}",
      "{fromRequestHeaders: {}, fromDynamicMetadata: {}}"),
    Example(
      "BackendSecurityPolicy", "spec.targetRefs",
      "[{group: aigateway.envoyproxy.io, kind: AIServiceBackend, name: a}, "
        + "{group: inference.networking.k8s.io, kind: InferencePool, name: a}]",
      "[{group: aigateway.envoyproxy.io, kind: Backend, name: a}]",
      "[{group: inference.networking.x-k8s.io, kind: InferencePool, name: a}]"),
  ]

  private static let gateway = [
    Example("GatewayConfig", "kubernetes", "{image: a}", "{image: a, imageRepository: ab}"),
    Example(
      "GatewayConfig", "image", "ghcr.io:443/a/b:v1@sha256:0a", "''", "a b", "'a:'", "a:b:c",
      "a:1:b:c",
      "a:b/c", "/a", "a/", "'a/b:'", "a/b:c:d", "a/b:c/d", "'a@sha256:'", "a@sha512:00",
      "a@sha256:A",
      "a@b@sha256:0"),
    Example(
      "GatewayConfig", "imageRepository", "ghcr.io:443/a/b", "''", "a", "/a", "a:b", "a:1",
      "a:1:22",
      ":11", "a/b@sha256:0", "a b"),
    Example("QuotaPolicy", "clientSelectors[]", "{headers: []}", "{}"),
    Example(
      "QuotaPolicy", "spec.targetRefs",
      "[{group: aigateway.envoyproxy.io, kind: AIServiceBackend}]",
      "[{group: inference.networking.k8s.io, kind: InferencePool}]",
      "[{group: a, kind: AIServiceBackend}]"),
    Example("MCPRoute", "parentRefs", "[{name: a}]", "[{name: a, kind: Service}]"),
    Example("MCPRoute", "spec.backendRefs", "[{name: a}, {name: b}]", "[{name: a}, {name: a}]"),
    Example("MCPRoute", "spec.backendRefs[]", "{name: a, kind: Backend}", "{name: a}"),
    Example(
      "MCPRoute", "apiKey", "{inline: a, header: b}", "{}", "{inline: a, secretRef: {}}",
      "{inline: a, header: b, queryParam: c}"),
    Example(
      "MCPRoute", "toolSelector", "{include: [], exclude: []}", "{}",
      "{include: [], includeRegex: []}", "{exclude: [], excludeRegex: []}"),
    Example(
      "MCPRoute", "spec.securityPolicy", "{authorization: {rules: [{target: {}}]}}",
      "{authorization: {}}", "{authorization: {rules: [{source: {jwt: {}}}]}}"),
    Example("MCPRoute", "spec.securityPolicy", "{oauth: {}, authorization: {}}"),
    Example("MCPRoute", "source.jwt", "{scopes: [a]}", "{}", "{scopes: [], claims: []}"),
    Example("MCPRoute", "jwt.claims", "[{name: a}]", "[{name: scope}]"),
    Example("MCPRoute", "jwks", "{remoteJWKS: {}}", "{}", "{remoteJWKS: {}, localJWKS: {}}"),
  ]

  private static let target = "targetRef: {group: gateway.networking.k8s.io, kind: Gateway}"

  private static let security = [
    Example(
      "SecurityPolicy", "spec", "{\(target)}",
      "{\(target), authorization: {rules: [{principal: {jwt: {}}}]}}"),
    Example("SecurityPolicy", "mergeType", "StrategicMerge", "Replace"),
    Example("SecurityPolicy", "principal", "{clientCIDRs: []}", "{}"),
    Example("SecurityPolicy", "clientIPGeoLocations[]", "{asn: 1}", "{}"),
    Example("SecurityPolicy", "anonymous", "{isTor: false}", "{}"),
    Example("SecurityPolicy", "principal.jwt", "{scopes: []}", "{}"),
    Example("SecurityPolicy", "extAuth", "{http: {}}", "{}", "{http: {}, grpc: {}}"),
    Example(
      "SecurityPolicy", "extAuth.http", "{backendRefs: [{name: a, port: 1}], path: /}", "{}",
      "{backendRefs: []}", "{backendRefs: [{kind: A, name: a}]}",
      "{backendRefs: [{group: a, name: a}]}", "{backendRef: {}, path: /, pathOverride: /}"),
    Example(
      "SecurityPolicy", "extAuth.grpc", "{backendRef: {name: a, port: 1}}", "{}",
      "{backendRefs: [{kind: A, name: a}]}", "{backendRefs: [{group: a, name: a}]}"),
    Example("SecurityPolicy", "backendRef", "{name: a, port: 80}", "{name: a}"),
    Example("SecurityPolicy", "backendRefs[]", "{name: a, port: 80}", "{name: a}"),
    Example(
      "SecurityPolicy", "backendSettings", "{loadBalancer: {type: Random}}",
      "{connection: {preconnect: {predictivePercent: 100}}}"),
    Example(
      "SecurityPolicy", "contextExtensions[]", "{name: a, value: b}", "{name: a}",
      "{name: a, type: ValueRef}", "{name: a, value: b, valueRef: {}}",
      "{name: a, type: ValueRef, value: b, valueRef: {}}"),
    Example(
      "SecurityPolicy", "contextExtensions.valueRef", "{group: '', kind: Secret}",
      "{group: '', kind: Gateway}", "{group: a, kind: Secret}"),
    Example(
      "SecurityPolicy", "providers[]", "{remoteJWKS: {}}", "{}", "{remoteJWKS: {}, localJWKS: {}}",
      "{remoteJWKS: {}, recomputeRoute: true}",
      "{remoteJWKS: {}, recomputeRoute: true, claimToHeaders: []}"),
    Example(
      "SecurityPolicy", "localJWKS", "{inline: a}", "{}", "{type: ValueRef}",
      "{inline: a, valueRef: {}}", "{type: ValueRef, inline: a, valueRef: {}}"),
    Example(
      "SecurityPolicy", "remoteJWKS", "{uri: a}", "{backendRef: {}}",
      "{backendSettings: {retry: {perRetry: {timeout: 1s}}}}",
      "{backendSettings: {retry: {retryOn: {httpStatusCodes: []}}}}"),
    Example(
      "SecurityPolicy", "provider", "{issuer: a}", "{backendRef: {}}",
      "{backendSettings: {retry: {perRetry: {timeout: 1s}}}}",
      "{backendSettings: {retry: {retryOn: {httpStatusCodes: []}}}}"),
    Example(
      "SecurityPolicy", "oidc", "{clientID: a, forwardAccessToken: true}", "{}",
      "{clientID: a, clientIDRef: {}}",
      "{clientID: a, forwardAccessToken: true, forwardIDToken: {header: AUTHORIZATION}}"),
    Example(
      "SecurityPolicy", "spec",
      "{targetRefs: [{group: gateway.networking.k8s.io, kind: ListenerSet}]}",
      "{mergeType: JSONMerge, \(target)}",
      "{mergeType: JSONMerge, targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway}]}",
      "{mergeType: JSONMerge, targetSelectors: [{kind: Gateway}]}"
    ).in(.next),
    Example(
      "SecurityPolicy", "apiKeyAuth.extractFrom[]", "{headers: [a]}", "{}",
      "{headers: [a], params: [a]}", "{headers: [a], cookies: [a]}", "{params: [a], cookies: [a]}"
    ).in(.next),
    Example("SecurityPolicy", "authorization.rules[]", "{cel: a}", "{}").in(.next),
    Example("SecurityPolicy", "operation", "{path: {}}", "{}").in(.next),
    Example("SecurityPolicy", "spec.jwt", "{failOpen: true}", "{failOpen: true, optional: false}")
      .in(.next),
    Example("SecurityPolicy", "forwardIDToken.header", "x-id", "Host").in(.next),
    Example("SecurityPolicy", "shadowFraction", "{numerator: 1}", "{numerator: 101}").in(.next),
  ]

  private static let older = [
    Example(
      "ReferenceGrant", "", "{apiVersion: gateway.networking.k8s.io/v1beta1}",
      "{apiVersion: gateway.networking.k8s.io/v1}"
    ).in(.v0_6),
    Example(
      "BackendTrafficPolicy", "loadBalancer", "{type: Random, zoneAware: {}}",
      "{type: ConsistentHash, consistentHash: {type: SourceIP}, zoneAware: {}}"
    ).in(.v0_6),
    Example(
      "BackendTrafficPolicy", "local.rules", "[{}]", "[{shadowMode: true}]"
    ).in(.v0_6),
    Example("Gateway", "spec.listeners", "[{name: a, port: 1, protocol: TLS}]").in(.v0_6),
    Example("HTTPRoute", "sessionPersistence", "{type: Header, cookieConfig: {}}").in(.v0_6),
    Example("HTTPRoute", "filters", "[{type: CORS}, {type: CORS}]").in(.v0_6),
    Example("HTTPRoute", "allowHeaders", "['*', a]").in(.v0_6),
  ]

  private static let newer = [
    Example(
      "BackendTrafficPolicy", "spec",
      "{admissionControl: {}, targetRefs: [{group: a, kind: ListenerSet, name: a}]}",
      "{admissionControl: {}, targetRefs: [{group: a, kind: TCPRoute, name: a}]}",
      "{admissionControl: {}, targetRef: {group: a, kind: TCPRoute, name: a}}",
      "{admissionControl: {}, targetSelectors: [{kind: TCPRoute}]}",
      "{mergeType: JSONMerge, targetRefs: [{group: a, kind: Gateway, name: a}]}",
      "{mergeType: JSONMerge, targetRef: {group: a, kind: Gateway, name: a}}",
      "{mergeType: JSONMerge, targetSelectors: [{kind: Gateway}]}"
    ).in(.next),
    Example(
      "BackendTrafficPolicy", "healthCheckLog.matches", "[Failure, HealthyTransition]",
      "[Failure]", "[Success, HealthyTransition]"
    ).in(.next),
    Example(
      "BackendTrafficPolicy", "sinks[]", "{type: File, file: {path: a}}", "{type: File}",
      "{file: {path: a}}"
    ).in(.next),
    Example(
      "BackendTrafficPolicy", "active.http", "{method: post, requestBody: {}}",
      "{requestBody: {}}", "{method: GET, requestBody: {}}"
    ).in(.next),
    Example(
      "BackendTrafficPolicy", "requestBody", "{type: Text, text: a}", "{type: Text}",
      "{type: Binary}", "{type: Text, binary: YQ==}", "{type: Binary, text: a}",
      "{type: Binary, binary: [a]}"
    ).in(.next),
    Example("BackendTrafficPolicy", "reportingPeriod", "1ms", "0s").in(.next),
    Example(
      "BackendTrafficPolicy", "local.rules", "[{}]", "[{limit: {fromMetadata: {}}}]"
    ).in(.next),
    Example(
      "BackendTrafficPolicy", "responseOverride.match", "{responseHeaders: []}", "{}"
    ).in(.next),
    Example("BackendTrafficPolicy", "SamplingFraction", "{numerator: 1}", "{numerator: 101}")
      .in(.next),
    Example(
      "ClientTrafficPolicy", "clientIPDetection", "{directSourceIP: {}}", "{}",
      "{directSourceIP: {}, customHeader: {}}", "{directSourceIP: {}, xForwardedFor: {}}"
    ).in(.next),
    Example(
      "ClientTrafficPolicy", "clientValidation", "{allowExpiredCertificate: true}",
      "{allowExpiredCertificate: true, mode: Request}"
    ).in(.next),
    Example(
      "Backend", "spec", "{tls: {autoSNIFromEndpointHostname: true}, endpoints: [{fqdn: {}}]}",
      "{type: DynamicResolver, tls: {autoSNIFromEndpointHostname: true}}",
      "{tls: {autoSNIFromEndpointHostname: true}, endpoints: [{ip: {}}]}"
    ).in(.next),
    Example(
      "Backend", "tls", "{sni: a, autoSNIFromEndpointHostname: false}",
      "{sni: a, autoSNIFromEndpointHostname: true}"
    ).in(.next),
    Example(
      "HTTPRouteFilter", "urlRewrite.hostname", "{type: PathRegex, pathRegex: {}}",
      "{type: PathRegex}", "{type: Backend, pathRegex: {}}"
    ).in(.next),
  ]

  private static func matches(_ count: Int) -> String {
    "{matches: [\(Array(repeating: "{}", count: count).joined(separator: ", "))]}"
  }

  private func node(_ yaml: String) throws -> Node {
    let parsed = Parser().parse(Array("a: \(yaml)\n".utf8))
    return try #require(parsed.documents.first?.root["a"])
  }

  private func isBroken(_ property: Property, by yaml: String, in schemaSet: SchemaSet) throws
    -> Bool
  {
    let node = try node(yaml)
    return property.resolved(in: schemaSet).conditions.contains {
      $0.span.holds(in: schemaSet)
        && $0.violation(in: DefaultedNode(node, as: property, in: schemaSet)) != nil
    }
  }

  @Test("what the server asks is asked, and no more", arguments: examples)
  func pairs(example: Example) throws {
    let resource = try #require(ResourceKind.find(kind: example.kind))
    let fields = resource.facts.filter {
      !$0.property.conditions.isEmpty && example.isAbout($0.path)
    }
    #expect(!fields.isEmpty)
    for (path, property) in fields {
      let isBroken = try isBroken(property, by: example.accepted, in: example.schemaSet)
      #expect(!isBroken, "\(path) \(example.accepted)")
      for refused in example.refused {
        let isBroken = try self.isBroken(property, by: refused, in: example.schemaSet)
        #expect(isBroken, "\(path) \(refused)")
      }
    }
  }

  @Test("every condition has an example that breaks it")
  func coverage() throws {
    for resource in ResourceKind.all {
      for (path, property) in resource.facts where !property.conditions.isEmpty {
        let isCommon = path.steps.first == .key("metadata")
        if isCommon && resource.kind != "AIGatewayRoute" { continue }
        // What kinds embed of others is shown there.
        let kinds = [resource.kind, "BackendTrafficPolicy", "SecurityPolicy"]
        let examples = Self.examples.filter { kinds.contains($0.kind) && $0.isAbout(path) }
        for condition in property.conditions {
          let isShown = try examples.contains { example in
            try condition.span.holds(in: example.schemaSet)
              && example.refused.contains {
                let seen = DefaultedNode(try node($0), as: property, in: example.schemaSet)
                return condition.violation(in: seen) != nil
              }
          }
          #expect(isShown, "\(resource.kind) \(path), condition \(condition.text)")
        }
      }
    }
  }
}
