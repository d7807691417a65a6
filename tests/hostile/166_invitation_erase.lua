-- SAFE ENGINE MUST: refuse the verdict of a deletion
-- verdict: bad_result
-- hook: invitation
return { invitation = function(request)
  return allow.erase()
end }
