package main

type scenario struct {
	name string
}

func allScenarios() []scenario { return nil }

func (inv *inventory) addScenario(n int, s scenario) error { return nil }
