-- SAFE ENGINE MUST: refuse zones and languages that there are not, at the line of the call
-- verdict: runtime
-- line: 5
return { notification = function(notice)
  return { subject = date(0, "date", "../../etc/passwd"), text = "t" }
end }
