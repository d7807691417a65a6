-- SAFE ENGINE MUST: look a helper up anew, whatever a script calls by its name
-- verdict: words kept nothing
return { notification = function(notice)
  local find, rep = string.find, string.rep
  local before = rawequal(string.upper, ("").upper)
  string, table, html, deny, template = { upper = function() return notice.client.name end }, {}, {}, {}, error
  tostring, plural, type, pcall, _G = nil, nil, nil, nil, nil
  return { subject = if before then "kept nothing" else "ESCAPE", text = "t" }
end }
