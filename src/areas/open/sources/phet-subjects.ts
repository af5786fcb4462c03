/** Subjects (ISCED-F 2013) of PhET simulations, known from their names. */
const simulations: Record<string, string> = {
  '0541':
    'area-builder area-model-algebra area-model-decimals area-model-introduction area-model-multiplication arithmetic build-a-fraction calculus-grapher equality-explorer equality-explorer-basics equality-explorer-two-variables expression-exchange fraction-matcher fractions-equality fractions-intro fractions-mixed-numbers function-builder function-builder-basics graphing-lines graphing-quadratics graphing-slope-intercept make-a-ten number-compare number-line-distance number-line-integers number-line-operations number-pairs number-play proportion-playground quadrilateral ratio-and-proportion trig-tour unit-rates vector-addition vector-addition-equations fourier-making-waves',
  '0542':
    'center-and-variability curve-fitting least-squares-regression mean-share-and-balance plinko-probability projectile-data-lab projectile-sampling-distributions',
  '0531':
    'acid-base-solutions atomic-interactions balancing-chemical-equations beers-law-lab build-a-molecule build-a-nucleus build-an-atom concentration diffusion gas-properties gases-intro isotopes-and-atomic-mass models-of-the-hydrogen-atom molarity molecule-polarity molecule-shapes molecule-shapes-basics molecules-and-light ph-scale ph-scale-basics reactants-products-and-leftovers rutherford-scattering states-of-matter states-of-matter-basics',
  '0533':
    'atomic-interactions balancing-act balloons-and-static-electricity bending-light blackbody-spectrum build-a-nucleus build-an-atom buoyancy buoyancy-basics capacitor-lab-basics charges-and-fields circuit-construction-kit-ac circuit-construction-kit-ac-virtual-lab circuit-construction-kit-black-box-study circuit-construction-kit-dc circuit-construction-kit-dc-virtual-lab collision-lab color-vision coulombs-law density diffusion energy-forms-and-changes energy-skate-park energy-skate-park-basics faradays-electromagnetic-lab faradays-law forces-and-motion-basics fourier-making-waves friction gas-properties gases-intro generator geometric-optics geometric-optics-basics gravity-and-orbits gravity-force-lab gravity-force-lab-basics hookes-law john-travoltage keplers-laws magnet-and-compass magnets-and-electromagnets masses-and-springs masses-and-springs-basics models-of-the-hydrogen-atom molecules-and-light my-solar-system normal-modes ohms-law pendulum-lab projectile-data-lab projectile-motion quantum-coin-toss quantum-measurement resistance-in-a-wire rutherford-scattering sound-waves states-of-matter states-of-matter-basics under-pressure vector-addition wave-interference wave-on-a-string waves-intro',
  '0511': 'color-vision gene-expression-essentials membrane-transport natural-selection neuron',
  '0532': 'greenhouse-effect gravity-and-orbits my-solar-system keplers-laws magnet-and-compass',
}

const bySimulation = new Map<string, string[]>()
for (const [subject, names] of Object.entries(simulations))
  for (const name of names.split(' ').filter(Boolean))
    bySimulation.set(name, [...(bySimulation.get(name) ?? []), subject])

/** `05`, natural sciences and mathematics, when the name does not tell more. */
export const subjectsOf = (simulation: string): string[] => bySimulation.get(simulation) ?? ['05']
