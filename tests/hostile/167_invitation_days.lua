-- SAFE ENGINE MUST: refuse an invitation that is open for a year
-- verdict: bad_result
-- hook: invitation
return { invitation = function(request)
  return allow { expires_days = 365 }
end }
