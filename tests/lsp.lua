-- An author's session in Neovim: a mistake is marked, its fix is offered, a name leads to its row.

local buffer = vim.api.nvim_get_current_buf()
local config = { name = "janji", cmd = { os.getenv("JANJI"), "lsp" }, root_dir = vim.fn.getcwd() }

local function expect(fine, what)
  if not fine then
    error("not so: " .. what, 0)
  end
end

local function wait(what, check)
  expect(vim.wait(20000, check, 20), what)
end

local function codes()
  local found = {}
  for _, one in ipairs(vim.diagnostic.get(buffer)) do
    found[one.code or ((one.user_data or {}).lsp or {}).code or "?"] = one
  end
  return found
end

-- The place of a text, as the protocol counts.
local function place(text)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
    local from = line:find(text, 1, true)
    if from then
      return { line = number - 1, character = from }
    end
  end
  error("no " .. text .. " in the file", 0)
end

local function ask(method, params)
  params.textDocument = { uri = vim.uri_from_bufnr(buffer) }
  local answers = vim.lsp.buf_request_sync(buffer, "textDocument/" .. method, params, 20000)
  for _, answer in pairs(answers or {}) do
    expect(not answer.err and not answer.error, method .. " is refused")
    return answer.result
  end
  error("no answer to " .. method, 0)
end

local function session()
  local client
  if vim.lsp.start then
    client = vim.lsp.start(config, { bufnr = buffer })
  else
    client = vim.lsp.start_client(config)
    vim.lsp.buf_attach_client(buffer, client)
  end
  wait("the mistake is marked", function()
    return codes()["unknown-reference"] ~= nil
  end)
  local mark = codes()["unknown-reference"]
  expect(mark.lnum == place("suport").line, "the mark stands on its line")
  expect(mark.message:find("did you mean `support`?", 1, true), "the mark names the right word")

  local range = { start = place("suport"), ["end"] = place("suport") }
  local actions = ask("codeAction", { range = range, context = { diagnostics = {} } })
  expect(#actions == 1 and actions[1].title == "write `support`", "the change is offered")
  local offers = ask("completion", { position = place("suport") })
  expect(#offers.items == 2 and offers.items[2].label == "support", "the purposes are offered")
  vim.lsp.util.apply_text_edits({ offers.items[2].textEdit }, buffer, "utf-16")
  wait("the mark is gone", function()
    return #vim.diagnostic.get(buffer) == 0
  end)

  local about = ask("hover", { position = place("keep    =") })
  expect(about.contents.value:find("1 year after resolved", 1, true), "hover names the value")
  local purpose = place("for     = [\"support\"]")
  purpose.character = purpose.character + 12
  local found = ask("definition", { position = purpose })
  expect(found[1].range.start.line == place("support = {").line, "the name leads to its declaration")
  expect(#ask("documentSymbol", {}) > 10, "the sections are listed")

  vim.api.nvim_buf_set_lines(buffer, place("staff  =").line, place("staff  =").line + 1, false, {
    "staff=['support']",
  })
  local edits = ask("formatting", { options = { tabSize = 2, insertSpaces = true } })
  vim.lsp.util.apply_text_edits(edits, buffer, "utf-16")
  place("staff  = ['support']")

  -- Half a statement: the mark says so, and words are offered all the same.
  vim.api.nvim_buf_set_lines(buffer, -1, -1, false, { "[recipient.post]", "does = [\"ma" })
  wait("half a statement is marked", function()
    return codes()["syntax"] ~= nil
  end)
  offers = ask("completion", { position = { line = vim.api.nvim_buf_line_count(buffer) - 1, character = 11 } })
  local labels = {}
  for _, one in ipairs(offers.items) do
    labels[one.label] = true
  end
  expect(labels.mail and not labels.account, "jobs are offered")
  vim.lsp.stop_client(client)
  wait("the server ends", function()
    return #vim.lsp.get_active_clients() == 0
  end)
end

local fine, why = pcall(session)
if fine then
  vim.cmd("qall!")
end
io.stderr:write(tostring(why) .. "\n")
vim.cmd("cquit 1")
