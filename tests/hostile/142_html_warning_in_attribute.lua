-- SAFE ENGINE MUST: keep the warning where it can be read
-- verdict: bad_result
-- kind: password_changed
return { notification = function(notice)
  return { subject = "s", text = "t", html = html.template('<p title="{warning}">in</p>', notice) }
end }
