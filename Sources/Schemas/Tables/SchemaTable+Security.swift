extension SchemaTable {
  /// How clients and the gateway itself prove who they are, also where AI Gateway embeds that.
  static let security = parts(
    """
    errorStatus code 400 401 402 403 404 405 406 407 408 409 410 411 412 413 414 415 416 417 \
        421 422 423 424 426 428 429 431 500 501 502 503 504 505 506 507 508 510 511
    fallbackRefs list ..16 # The servers that are called.
      - object ; @servicePort # A server that is called.
        fallback bool # Whether it is called only while the others are unhealthy.
        group group = '' # The API group of the server; empty for Service.
        kind kind = Service # The kind of the server, such as Service or Backend.
        name! name # The name of the server.
        namespace namespace \
            # The namespace of the server; left out, the same one. Another one needs a \
            ReferenceGrant there.
        port port # The port of the server; a Service needs one.
        weight int 0..1000000 = 1 \
            # The share of calls relative to the weights of the others; 0 is none.
    servers object
      backendRef use serviceRef # The server that is called; deprecated, use backendRefs.
      backendRefs use fallbackRefs
      backendSettings use clusterSettings \
          # How the servers are called: retries, timeouts, health checks.
    provider object with servers ; !backendRef ; !backendSettings.retry.perRetry.timeout \
        ; !backendSettings.retry.retryOn.httpStatusCodes # The OIDC provider.
      authorizationEndpoint text # Where users log in; found out from issuer if left out.
      endSessionEndpoint text # Where users log out; found out from issuer if left out.
      issuer! text 1.. # The https address that names the provider.
      tokenEndpoint text # Where tokens are obtained; found out from issuer if left out.
    oidc object ; clientID | clientIDRef ; clientID => !clientIDRef ; since 0.7 @tokensApart \
        # The OIDC provider and client that users log in with.
      clientID text 1.. # The client id at the provider.
      clientIDRef use secretRef # The Secret that holds the client id, in its key client-id.
      clientSecret! use secretRef \
          # The Secret that holds the client secret, in its key client-secret.
      cookieConfig object # Attributes of the cookies that hold tokens.
        sameSite choice Lax Strict None \
            # Whether other sites' requests carry the cookies (SameSite); not set if left out.
      cookieDomain text cookieDomain ; since next as text subdomain \
          # The domain whose hosts share the cookies; only the host of the request if left \
          out.
      cookieNames object \
          # Names of the cookies that hold tokens; they end in a random part if left out.
        accessToken text # The name of the cookie with the access token.
        idToken text # The name of the cookie with the ID token.
      csrfTokenTTL duration \
          # How long a login may take: the token against forged requests is valid for so long.
      defaultRefreshTokenTTL duration \
          # How long a refresh token is valid that does not say so itself; 604800s if left \
          out.
      defaultTokenTTL duration # How long a token is valid where the provider does not say.
      denyRedirect object # Requests that are not sent to the login, such as those of scripts.
        headers! list 1..16 # Headers of such requests.
          - object with stringMatch # A header of such requests.
            name! text 1.. # The name of the header.
      disableTokenEncryption bool \
          # Whether tokens stand in the cookies as they are; false if left out: they are \
          encrypted.
      forwardAccessToken bool \
          # Whether backends get the access token in the header Authorization; false if left \
          out.
      forwardIDToken object ; since 0.7 # Sends backends the ID token; not done if left out.
        header! text 1.. ; since next as header ; since next @notHost \
            # The header that backends get the ID token in.
      logoutPath text # The path that logs a user out; /logout if left out.
      passThroughAuthHeader bool # Whether requests that carry a token of their own need no login.
      provider! use provider # The OIDC provider.
      redirectURL text \
          # Where the provider sends users back to; /oauth2/callback of the request's host if \
          left out.
      refreshToken bool = true # Whether expired tokens are renewed without a new login.
      resources use texts # The resources that are asked for at the login.
      scopes use texts # The scopes that are asked for at the login, besides openid.
    keyPlaces list ; since next as 1..
      - text ; since next as 1..
    authBackend object with servers ; backendRef | backendRefs+ \
        ; backendRefs[].kind=Service,ServiceImport,Backend ; @authGroups
    apiKeyAuth object
      credentialRefs! list
        - use secretRef
      extractFrom! list ; since next as 1..
        - object ; since next headers | params | cookies ; since next headers => !params \
            ; since next headers => !cookies ; since next params => !cookies
          cookies use keyPlaces
          headers use keyPlaces
          params use keyPlaces
      forwardClientIDHeader text
      sanitize bool
    extAuth object ; grpc | http ; grpc => !http
      bodyToExtAuth object
        maxRequestBytes! int 1..
      contextExtensions list by name
        - object ; type ? Value:value ValueRef:valueRef
          name! text
          type! choice Value ValueRef = Value
          value text
          valueRef object ; kind=ConfigMap,Secret ; @coreGroup
            group! group
            key! text
            kind! kind
            name! name
      failOpen bool = false
      grpc use authBackend
      headersToExtAuth use texts
      http object with authBackend ; since 0.7 path => !pathOverride
        headersToBackend use texts
        path text
        pathOverride text ; since 0.7
      includeRouteMetadata bool ; since 0.7
      recomputeRoute bool
      statusOnError use errorStatus ; since 0.7
      timeout duration
    claim object
      name! name
      valueType choice String StringArray = String
      values! list 1..128
        - text
    localJWKS object ; type ? Inline:inline ValueRef:valueRef
      inline text
      type! choice Inline ValueRef = Inline
      valueRef use localRef
    remoteJWKS object with servers ; !backendRef ; !backendSettings.retry.perRetry.timeout \
        ; !backendSettings.retry.retryOn.httpStatusCodes
      cacheDuration duration = 300s
      failedRefetchDuration duration ; since next
      uri! name
    """, and: clusterSettings)
}
