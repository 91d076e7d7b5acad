import YAML

extension ResourceKind {
  /// Who may send requests to a Gateway or a route.
  package static let securityPolicy = ResourceKind(
    group: "gateway.envoyproxy.io", kind: "SecurityPolicy",
    versions: [Version("v1alpha1", isStored: true)],
    help: "Who may send requests to a Gateway or a route, and how clients are authenticated.",
    spec: Property(
      "spec",
      .object(
        PolicyTargets.properties(
          kinds: "Gateway, HTTPRoute, GRPCRoute or TCPRoute", source: securityPolicySource)
          + SchemaTable.fields(securityPolicyFacts, parts: SchemaTable.security)),
      isRequired: true, help: "The targets and what is required of clients.",
      source: securityPolicySource,
      asking: ["@jwtOfRules"]
        + PolicyTargets.asking("mergeType", of: "HTTPRoute,GRPCRoute,TCPRoute", in: "since next")),
    status: { SchemaTable.ancestors })

  private static let securityPolicySource = Citation.envoyGateway(
    "api/v1alpha1/securitypolicy_types.go")

  private static let securityPolicyFacts = """
    apiKeyAuth use apiKeyAuth
    authorization object
      defaultAction choice Allow Deny
      rules list
        - object ; since next principal | cel
          action! choice Allow Deny
          cel text 1..4096 ; since next
          name name
          operation object ; since next methods | path
            methods! list 1..16 ; since next as optional
              - choice GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH
            path use requestPath ; since next
          principal! object ; since next as optional \
              ; clientCIDRs | jwt | headers | clientIPGeoLocations
            sourceCIDRs gone Envoy Gateway 1.8: write clientCIDRs ; to clientCIDRs
            clientCIDRs list 1..
              - text cidr
            sourceCIDRs list 1.. ; until 0.6
              - text cidr
            clientIPGeoLocations list 1.. ; since 0.7
              - object ; country | region | city | asn | isp | anonymous
                anonymous object ; isAnonymous | isVPN | isHosting | isTor | isProxy
                  isAnonymous bool
                  isHosting bool
                  isProxy bool
                  isTor bool
                  isVPN bool
                asn int 1..
                city text 1..128
                country text 2..2 letters
                isp text 1..256
                region text 1..16 plainHeader
            headers list 1..256
              - object
                name! text 1..256
                values! list 1..256
                  - text
            jwt object ; claims | scopes
              claims list 1..16
                - use claim
              provider! name
              scopes list 1..16
                - name
    basicAuth object
      forwardUsernameHeader text
      users! use secretRef
    cors object
      allowCredentials bool
      allowHeaders use texts
      allowMethods use texts
      allowOrigins list
        - text 1..253 webOrigin ; since next as text 1..253 schemeOrigin
      exposeHeaders use texts
      maxAge duration
    csrf object ; since next
      additionalOrigins list ..16
        - text 1..253 schemeOrigin
      shadowFraction use fraction
    extAuth use extAuth
    jwt object ; since next optional => !failOpen
      failOpen bool ; since next
      optional bool
      providers! list 1..16 ; until 0.6 as 1..4
        - object ; recomputeRoute=true => claimToHeaders+ ; remoteJWKS | localJWKS \
            ; remoteJWKS => !localJWKS
          audiences list ..8
            - text
          claimToHeaders list
            - object
              claim! text
              header! text
          extractFrom object
            cookies use texts
            headers list
              - object
                name! text
                valuePrefix text
            params use texts
          issuer text ..253
          localJWKS use localJWKS
          name! name
          recomputeRoute bool
          remoteJWKS use remoteJWKS
    mergeType text ; since 0.7 ; @notReplace
    oidc use oidc
    """
}
