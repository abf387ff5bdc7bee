package collect

import "image"

// Rows takes an answer for each column, and there are as many as rows.
func Rows(m *image.Gray, area image.Rectangle) (out []uint8) {
	rows := make(chan uint8)
	for y := 0; y < area.Dy(); y++ {
		go func() { rows <- m.GrayAt(area.Min.X, area.Min.Y+y).Y }() // want "send on rows blocks for ever"
	}
	for x := 0; x < area.Dx(); x++ {
		out = append(out, <-rows) // also deadlock "receive from rows blocks for ever"
	}
	return out
}

// RowsFixed takes one for each row.
func RowsFixed(m *image.Gray, area image.Rectangle) (out []uint8) {
	rows := make(chan uint8)
	for y := 0; y < area.Dy(); y++ {
		go func() { rows <- m.GrayAt(area.Min.X, area.Min.Y+y).Y }()
	}
	for y := 0; y < area.Dy(); y++ {
		out = append(out, <-rows)
	}
	return out
}
