-- SAFE ENGINE MUST: give each call a log of its own
-- verdict: words kept nothing
return { notification = function(notice)
  log(notice.client.name)
  return { subject = "kept nothing", text = "t" }
end }
