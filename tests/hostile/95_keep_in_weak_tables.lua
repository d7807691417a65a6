-- SAFE ENGINE MUST: forget weak tables, also those with keys that live on
-- verdict: words kept nothing
return { notification = function(notice)
  local before = weak and (weak[string.upper] or weak[notice.practice.name])
  weak = setmetatable({}, { __mode = "k" })
  weak[string.upper] = notice.client.name
  weak[notice.practice.name] = notice.client.name
  return { subject = if before then "ESCAPE " .. before else "kept nothing", text = "t" }
end }
