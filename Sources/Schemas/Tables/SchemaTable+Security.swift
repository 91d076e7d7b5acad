extension SchemaTable {
  /// How clients and the gateway itself prove who they are, also where AI Gateway embeds that.
  static let security = parts(
    """
    errorStatus code 400 401 402 403 404 405 406 407 408 409 410 411 412 413 414 415 416 417 \
        421 422 423 424 426 428 429 431 500 501 502 503 504 505 506 507 508 510 511
    fallbackRefs list ..16
      - object ; @servicePort
        fallback bool
        group group = ''
        kind kind = Service
        name! name
        namespace namespace
        port port
        weight int 0..1000000 = 1
    provider object ; !backendRef ; !backendSettings.retry.perRetry.timeout \
        ; !backendSettings.retry.retryOn.httpStatusCodes
      authorizationEndpoint text
      backendRef use serviceRef
      backendRefs use fallbackRefs
      backendSettings use clusterSettings
      endSessionEndpoint text
      issuer! text 1..
      tokenEndpoint text
    oidc object ; clientID | clientIDRef ; clientID => !clientIDRef ; since 0.7 @tokensApart
      clientID text 1..
      clientIDRef use secretRef
      clientSecret! use secretRef
      cookieConfig object
        sameSite choice Lax Strict None
      cookieDomain text cookieDomain ; since next as text subdomain
      cookieNames object
        accessToken text
        idToken text
      csrfTokenTTL duration
      defaultRefreshTokenTTL duration
      defaultTokenTTL duration
      denyRedirect object
        headers! list 1..16
          - object
            name! text 1..
            type choice Exact Prefix Suffix RegularExpression = Exact
            value! text 1..1024
      disableTokenEncryption bool
      forwardAccessToken bool
      forwardIDToken object ; since 0.7
        header! text 1.. ; since next as header ; since next @notHost
      logoutPath text
      passThroughAuthHeader bool
      provider! use provider
      redirectURL text
      refreshToken bool = true
      resources use texts
      scopes use texts
    requestPath object
      invert bool = false
      type choice Exact PathPrefix RegularExpression = PathPrefix
      value! text ..1024 = '/'
    keyPlaces list ; since next as 1..
      - text ; since next as 1..
    authBackend object ; backendRef | backendRefs+ \
        ; backendRefs[].kind=Service,ServiceImport,Backend ; @authGroups
      backendRef use serviceRef
      backendRefs use fallbackRefs
      backendSettings use clusterSettings
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
      http object ; backendRef | backendRefs+ \
          ; backendRefs[].kind=Service,ServiceImport,Backend ; @authGroups \
          ; since 0.7 path => !pathOverride
        backendRef use serviceRef
        backendRefs use fallbackRefs
        backendSettings use clusterSettings
        headersToBackend use texts
        path text
        pathOverride text ; since 0.7
      includeRouteMetadata bool ; since 0.7
      recomputeRoute bool
      statusOnError use errorStatus ; since 0.7
      timeout duration
    localJWKS object ; type ? Inline:inline ValueRef:valueRef
      inline text
      type! choice Inline ValueRef = Inline
      valueRef use localRef
    remoteJWKS object ; !backendRef ; !backendSettings.retry.perRetry.timeout \
        ; !backendSettings.retry.retryOn.httpStatusCodes
      backendRef use serviceRef
      backendRefs use fallbackRefs
      backendSettings use clusterSettings
      cacheDuration duration = 300s
      failedRefetchDuration duration ; since next
      uri! name
    """, and: clusterSettings)
}
