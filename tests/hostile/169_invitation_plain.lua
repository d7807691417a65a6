-- SAFE ENGINE MUST: take a plain allow
-- verdict: allow
-- hook: invitation
return { invitation = function(request)
  return allow()
end }
