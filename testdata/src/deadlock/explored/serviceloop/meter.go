package serviceloop

// Meter adds up what it is told, as long as it is not too much.
type Meter struct {
	values chan int
	limit  int
	total  int
}

// NewMeter returns a meter that counts up to a limit.
func NewMeter(limit int) *Meter {
	m := &Meter{values: make(chan int, 1), limit: limit}
	go m.count()
	return m
}

func (m *Meter) count() {
	for v := range m.values {
		m.total += v
		if m.total >= m.limit {
			return
		}
	}
}

// Fill tells a meter the values, and returns how many of them it has taken.
func Fill(limit int, values []int) (taken int) {
	m := NewMeter(limit)
	defer close(m.values)
	for _, v := range values {
		m.values <- v // want "send on m.values blocks for ever"
		taken++
	}
	return taken
}

// MeterFixed adds up what it is told, as long as it is not too much.
type MeterFixed struct {
	values chan int
	limit  int
	total  int
	full   chan struct{}
}

// NewMeterFixed returns a meter that counts up to a limit.
func NewMeterFixed(limit int) *MeterFixed {
	m := &MeterFixed{values: make(chan int, 1), limit: limit}
	m.full = make(chan struct{})
	go m.count()
	return m
}

func (m *MeterFixed) count() {
	defer close(m.full)
	for v := range m.values {
		m.total += v
		if m.total >= m.limit {
			return
		}
	}
}

// FillFixed tells a meter the values, and returns how many of them it has taken.
func FillFixed(limit int, values []int) (taken int) {
	m := NewMeterFixed(limit)
	defer close(m.values)
	for _, v := range values {
		select {
		case m.values <- v:
		case <-m.full:
			return taken
		}
		taken++
	}
	return taken
}
