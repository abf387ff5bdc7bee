package lengths

import "image"

// Darkest takes one answer for each column, which are as many each time.
func Darkest(m *image.Gray, area image.Rectangle) uint8 {
	columns := make(chan uint8)
	for x := range area.Dx() {
		go func() { columns <- darkest(m, area, x) }()
	}
	least := uint8(255)
	for range area.Dx() {
		least = min(least, <-columns)
	}
	return least
}

// Rows does so without a change to the area.
func Rows(m *image.Gray, area image.Rectangle) (out []uint8) {
	rows := make(chan uint8)
	for y := 0; y < area.Dy(); y++ {
		go func() { rows <- m.GrayAt(area.Min.X, area.Min.Y+y).Y }()
	}
	for y := 1; y <= area.Dy(); y++ {
		out = append(out, <-rows)
	}
	return out
}

func darkest(m *image.Gray, area image.Rectangle, x int) uint8 {
	least := uint8(255)
	for y := area.Min.Y; y < area.Max.Y; y++ {
		least = min(least, m.GrayAt(area.Min.X+x, y).Y)
	}
	return least
}
