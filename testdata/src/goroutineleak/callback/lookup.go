package callback

// Rows keeps rows, and gives a function one of them at a time.
type Rows interface {
	View(key string, f func())
}

// Row is what is kept under a key.
type Row struct{ Text string }

// Text is the text of a row with its title, which is looked for at the same time.
func Text(rows Rows, key string, find func(string) *Row, title func(string) string) string {
	titles := make(chan string)
	go func() {
		titles <- title(key) // want "send on titles blocks for ever when Text returns"
	}()
	var row *Row
	rows.View(key, func() { row = find(key) })
	if row == nil {
		return ""
	}
	return <-titles + row.Text
}

// TextFixed is the text of a row with its title, which is looked for at the same time.
func TextFixed(rows Rows, key string, find func(string) *Row, title func(string) string) string {
	titles := make(chan string, 1)
	go func() {
		titles <- title(key)
	}()
	var row *Row
	rows.View(key, func() { row = find(key) })
	if row == nil {
		return ""
	}
	return <-titles + row.Text
}
