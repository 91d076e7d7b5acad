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
    authorization object # Which requests are allowed, as the first rule that matches says.
      defaultAction choice Allow Deny \
          # What happens to requests that no rule matches; Deny if left out.
      rules list # The rules in their order; the first that matches a request decides.
        - object ; since next principal | cel # A rule that allows or denies requests.
          action! choice Allow Deny # Whether requests that match the rule are allowed or denied.
          cel text 1..4096 ; since next \
              # A CEL expression over attributes of Envoy, such as request.path, that must be true \
              as well.
          name name # The name of the rule; generated if left out.
          operation object ; since next methods | path \
              # What requests ask for; anything if left out.
            methods! list 1..16 ; since next as optional \
                # The methods of the request, any of which fits.
              - choice GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH \
                  # A method of the request.
            path use requestPath ; since next
          principal! object ; since next as optional \
              ; clientCIDRs | jwt | headers | clientIPGeoLocations \
              # Who the client is: all of what is given must fit.
            sourceCIDRs gone Envoy Gateway 1.8: write clientCIDRs ; to clientCIDRs
            clientCIDRs list 1.. \
                # The ranges of client addresses, any of which fits; a ClientTrafficPolicy says \
                how the address is found.
              - text cidr # A range of client addresses, such as 10.0.0.0/8.
            sourceCIDRs list 1.. ; until 0.6 \
                # The ranges of addresses that connections come from, any of which fits, be it a \
                proxy's or the client's.
              - text cidr # A range of addresses that connections come from, such as 10.0.0.0/8.
            clientIPGeoLocations list 1.. ; since 0.7 \
                # What GeoIP databases say of the client's address; any of the entries fits. Not \
                for TCPRoutes.
              - object ; country | region | city | asn | isp | anonymous \
                  # A place or network of clients; all of what is given must fit.
                anonymous object ; isAnonymous | isVPN | isHosting | isTor | isProxy \
                    # How the client hides its own address; all of what is given must fit.
                  isAnonymous bool \
                      # Whether the client's address must be an anonymous one, or with false must \
                      not.
                  isHosting bool \
                      # Whether the client's address must belong to a hosting provider, or with \
                      false must not.
                  isProxy bool \
                      # Whether the client's address must be that of a public proxy, or with false \
                      must not.
                  isTor bool \
                      # Whether the client's address must be an exit of the Tor network, or with \
                      false must not.
                  isVPN bool \
                      # Whether the client's address must be that of a VPN, or with false must \
                      not.
                asn int 1.. # The number of the network (ASN) that the client's address belongs to.
                city text 1..128 # The city of the client's address.
                country text 2..2 letters \
                    # The country of the client's address, as an ISO code of two letters.
                isp text 1..256 # The internet provider of the client's address.
                region text 1..16 plainHeader # The region of the client's address, as an ISO code.
            headers list 1..256 # Headers that the request must have, all of them.
              - object # A header that the request must have.
                name! text 1..256 # The name of the header.
                values! list 1..256 # The values of the header, any of which fits.
                  - text # A value that the header may have, compared as a whole.
            jwt object ; claims | scopes \
                # What the token of the client holds: claims and scopes, both of which must fit.
              claims list 1..16 # The claims that the token must have, all of them.
                - use claim
              provider! name \
                  # The name of the provider in the jwt of the same policy that verifies the \
                  token.
              scopes list 1..16 # The scopes that the token must have, all of them.
                - name # A scope that the token must have.
    basicAuth object # Asks clients for a user name and a password (HTTP Basic).
      forwardUsernameHeader text \
          # The header that backends get the user name in; not sent if left out.
      users! use secretRef \
          # The Secret that holds the users in its key .htpasswd, with passwords as SHA hashes.
    cors object # Which websites may call the gateway from a browser (CORS).
      allowCredentials bool \
          # Whether browsers may send cookies and other credentials; false if left out.
      allowHeaders use texts # The request headers that websites may send; * is any.
      allowMethods use texts # The methods that websites may use; * is any.
      allowOrigins list # The origins of the websites that may send requests; * is any.
        - text 1..253 webOrigin ; since next as text 1..253 schemeOrigin \
            # An origin, such as https://example.com or https://*.example.com.
      exposeHeaders use texts # The response headers that websites may read; * is any.
      maxAge duration \
          # How long a browser may remember what is allowed; its own default if left out.
    csrf object ; since next \
        # Answers 403 to POST, PUT, PATCH and DELETE that do not come from an allowed origin \
        (CSRF).
      additionalOrigins list ..16 \
          # The origins that are allowed besides the host of the request; * is any.
        - text 1..253 schemeOrigin \
            # An allowed origin, such as https://example.com; its scheme does not count.
      shadowFraction use fraction \
          # The share of requests that are only counted, not refused; none if left out.
    extAuth use extAuth
    jwt object ; since next optional => !failOpen # Verifies the tokens (JWT) that requests bring.
      failOpen bool ; since next \
          # Whether requests pass even with an invalid token or none; false if left out.
      optional bool \
          # Whether requests without a token pass; an invalid token never does. False if left out.
      providers! list 1..16 ; until 0.6 as 1..4 \
          # Who issues tokens; a token needs to be valid for one of them only.
        - object ; recomputeRoute=true => claimToHeaders+ ; remoteJWKS | localJWKS \
            ; remoteJWKS => !localJWKS # An issuer of tokens, and how they are verified.
          audiences list ..8 \
              # The audiences of which a token must name one; not checked if left out.
            - text # An audience that a token may name.
          claimToHeaders list \
              # The claims that are put into headers of the request; lists cannot be.
            - object # A claim and the header that it is put into.
              claim! text # The name of the claim; a dot leads to a nested one.
              header! text # The name of the header that the claim is put into.
          extractFrom object \
              # Where a token is looked for; left out, Authorization: Bearer or the parameter \
              access_token.
            cookies use texts # The names of cookies that may hold the token.
            headers list # The headers that may hold the token.
              - object # A header that may hold the token.
                name! text # The name of the header.
                valuePrefix text \
                    # What stands before the token in the header, such as Bearer and a space; \
                    nothing if left out.
            params use texts # The names of query parameters that may hold the token.
          issuer text ..253 \
              # The issuer that a token must name, as a URL or an email address; not checked if \
              left out.
          localJWKS use localJWKS
          name! name # The name of the provider, by which authorization rules refer to it.
          recomputeRoute bool \
              # Whether the route is chosen anew with the headers of claimToHeaders; false if left \
              out.
          remoteJWKS use remoteJWKS
    mergeType text ; since 0.7 ; @notReplace \
        # How these settings join those of the Gateway's policy; left out, they replace them.
    oidc use oidc
    """
}
