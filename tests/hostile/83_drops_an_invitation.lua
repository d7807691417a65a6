-- SAFE ENGINE MUST: refuse to drop what has to be sent
-- verdict: bad_result
-- kind: invitation
return { notification = function(notice)
  return false
end }
