-- SAFE ENGINE MUST: refuse half a use
-- verdict: bad_result
-- hook: invitation
return { invitation = function(request)
  return allow { max_uses = 0.5 }
end }
